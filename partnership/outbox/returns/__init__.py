"""Bounces, complaints, and answers to text messages."""
