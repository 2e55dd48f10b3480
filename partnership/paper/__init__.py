"""What is printed: PDF, QR codes and labels."""
