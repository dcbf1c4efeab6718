"""What happens between the words and the editions. See the numbered flow in README.md."""
