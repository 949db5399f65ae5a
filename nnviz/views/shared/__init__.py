"""What several views share: sizes of letters, styles of controls, and when to ask threads."""
