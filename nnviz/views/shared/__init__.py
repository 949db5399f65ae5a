"""What several views share: letter sizes, styles of controls, thumbnails, when to ask threads."""
