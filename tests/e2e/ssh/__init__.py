"""The desk as it is served: a real sshd on this machine, and a real ssh to come by."""
