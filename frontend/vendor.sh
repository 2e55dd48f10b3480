#!/bin/sh
# Rebuilds static/vendor/dkfds from the two pinned npm packages. For maintainers; running the portal never needs it.
# Usage: frontend/vendor.sh [target folder]     With DKFDS_PACKAGES=<folder with node_modules> nothing is fetched.
set -eu

DKFDS=11.2.0
SASS=1.92.0
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$here/../static/vendor/dkfds"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

packages=${DKFDS_PACKAGES:-"$work"}
if [ ! -d "$packages/node_modules/dkfds" ]; then
    npm install --prefix "$packages" --no-save --no-audit --no-fund "dkfds@$DKFDS" "sass@$SASS"
fi

"$packages/node_modules/.bin/sass" --no-source-map --quiet --style=compressed \
    --load-path="$packages/node_modules/dkfds/dist/scss" "$here/theme.scss" "$work/dkfds.css"
node "$here/pick.mjs" "$packages/node_modules/dkfds" "$work/dkfds.css" "$target" "$SASS"
