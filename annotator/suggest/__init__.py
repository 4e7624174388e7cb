"""What proposes labels: the contract of a suggester, the built-in ones, and running any of them safely."""
