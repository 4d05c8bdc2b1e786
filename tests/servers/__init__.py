"""Servers that tests talk to over real HTTP on the loopback interface. They know nothing of tracksync."""
