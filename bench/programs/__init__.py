"""What the program is compared with: small programs that are run in processes of their own."""
