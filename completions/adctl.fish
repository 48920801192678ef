complete --keep-order --exclusive --command adctl --arguments "(COMPLETE=fish adctl -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
