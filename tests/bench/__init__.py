"""Speed, as ratios taken in the same run: `make bench`."""
