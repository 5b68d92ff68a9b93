"""What an installation puts on its machine: files for sshd and systemd, to be filled in by `escritorio deploy`."""
