"""What comes back: bounces, complaints, and answers to text messages."""
