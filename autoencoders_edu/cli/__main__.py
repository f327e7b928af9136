from autoencoders_edu.cli import main

main()
