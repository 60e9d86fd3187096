#!/usr/bin/env bash
# Turns a stock Raspberry Pi OS or Debian into a stall box, and back. Run it again at any time: it changes only
# what is not yet as it should be, and prints each change. The shop's own folder is never touched.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root="" dry=no remove=no unit=kiosk.service source=$here/..
program=/opt/barrow state=/var/lib/barrow manifest=/etc/barrow/installed
groups=(lp dialout input gpio i2c video render tty)
packages=(python3-venv kbd console-setup-linux gcc python3-dev linux-libc-dev)

usage() {
    cat <<'TEXT'
usage: sudo image/install.sh [--display] [--dry-run] [--remove] [--root TREE] [--source DIR]

  --display      show the till under cage and foot (true colour) instead of on the bare console
  --dry-run      print what would change, change nothing; needs no root
  --remove       take everything back that was installed; the shop in /var/lib/barrow stays
  --root TREE    work on a tree of files instead of this machine: no packages, no users, no services started
  --source DIR   where the program's source is (else the checkout this script stands in)

examples:
  image/install.sh --dry-run
  sudo image/install.sh && sudo -u barrow BARROW_SHOP=/var/lib/barrow/shop /opt/barrow/bin/kiosk init
  sudo image/install.sh --remove
TEXT
}

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
say() { if [ $dry = yes ]; then printf 'would %s\n' "$*"; else printf '%s\n' "$*"; fi; }
live() { [ -z "$root" ]; }

# A change of this machine: said, and made unless this is a dry run. $1 is what is said.
changed=no
change() {
    local words=$1
    shift
    changed=yes
    say "$words"
    [ $dry = yes ] || "$@"
}

# What --remove will take back, one line each, in the order it was made.
note() {
    [ $dry = no ] || return 0
    mkdir -p "$root/etc/barrow"
    grep -qxF "$*" "$root$manifest" 2>/dev/null || printf '%s\n' "$*" >>"$root$manifest"
}
noted() { sed -n "s|^$1 ||p" "$root$manifest" 2>/dev/null || true; }

install_packages() {
    local missing=() name
    for name in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    change "update the package lists" apt-get update -qq
    change "install ${missing[*]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
    for name in "${missing[@]}"; do note "package $name"; done
}

install_user() {
    local name
    for name in "${groups[@]}"; do
        getent group "$name" >/dev/null && continue
        change "add group $name" groupadd --system "$name"
        note "group $name"
    done
    if ! getent passwd barrow >/dev/null; then
        change "add user barrow" useradd --system --home-dir $state --create-home --shell /usr/sbin/nologin barrow
        note "user barrow"
    fi
    for name in "${groups[@]}"; do
        id -nG barrow 2>/dev/null | tr ' ' '\n' | grep -qx "$name" && continue
        change "put barrow into group $name" usermod -aG "$name" barrow
    done
}

# The version of the source: of its files, since a checkout may have changes of its own.
fingerprint() {
    cd "$source"
    find pyproject.toml kiosk hardware -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sha256sum
}

install_program() {
    local wanted
    wanted=$(fingerprint) # in a subshell, so that it may change folder
    [ "$(cat $program/.fingerprint 2>/dev/null || true)" != "$wanted" ] || return 0
    if [ ! -x $program/bin/python ]; then
        change "make $program" python3 -m venv $program
        note "tree $program"
    fi
    change "install the program from $source" $program/bin/pip install -q --upgrade "${source}[pi]"
    change "keep python-escpos' table of printers" prepare_escpos
    [ $dry = yes ] || printf '%s\n' "$wanted" >$program/.fingerprint
}

# python-escpos reads 96 kB of YAML at every start unless it finds its pickle. The folder is root's own: a pickle
# that somebody else can write is somebody else's program.
prepare_escpos() {
    mkdir -p $program/escpos
    ESCPOS_CAPABILITIES_PICKLE_DIR=$program/escpos $program/bin/python -c 'import escpos.capabilities' 2>/dev/null
    chmod -R go-w $program/escpos
}

install_files() {
    local file target
    while IFS= read -r -d '' file; do
        target=${file#"$here/files"}
        if [ "$target" = /etc/barrow/kiosk.env ] && [ -e "$root$target" ]; then continue; fi
        put "$file" "$target"
    done < <(find "$here/files" -type f -print0 | sort -z)
    install_font
}

# Copy one file when it differs.
put() {
    cmp -s "$1" "$root$2" || change "write $2" install -D -m 0644 "$1" "$root$2"
    note "file $2"
}

# A Raspberry Pi's kernel leaves an output as it was when the process that held it dies, unless it is told not
# to; from the next start on, a lock's coil then goes off with the process. The line stands first: behind a
# dtoverlay it would be that overlay's, behind a [filter] only some models'.
boot_line=dtparam=strict_gpiod boot_note="# Barrow: no lock's coil stays on when its process dies"
install_boot() {
    local config=/boot/firmware/config.txt
    [ -e "$root$config" ] || return 0 # not a Raspberry Pi
    if ! grep -qx "$boot_line" "$root$config"; then
        change "add $boot_line to $config" rewrite "$root$config" add_boot_line
        note "boot $config"
    fi
}
add_boot_line() { printf '%s\n%s\n' "$boot_note" "$boot_line" && cat; }
drop_boot_line() { sed "/^$boot_note\$/,+1d"; }

# Put what $2 makes of a file in its place, on disk before it is: the machine starts from it.
rewrite() {
    "$2" <"$1" >"$1.new"
    sync "$1.new"
    mv "$1.new" "$1"
}

install_font() {
    local stock=$root/usr/share/consolefonts/Uni2-TerminusBold16.psf.gz made
    if [ ! -e "$stock" ]; then
        echo "no console font of its own: $stock is missing (package console-setup-linux)" >&2
        return 0
    fi
    made=$(mktemp)
    python3 "$here/console_font.py" "$stock" "$made"
    put "$made" /etc/barrow/barrow.psf
    rm -f "$made"
}

control() { if live; then systemctl "$@"; else systemctl --root="$root" "$@"; fi; }
quietly() { control --quiet "$@"; }
is() { [ "$(control is-enabled "$1" 2>/dev/null || true)" = "$2" ]; }

install_services() {
    local other=kiosk-display.service
    [ $unit = kiosk.service ] || other=kiosk.service
    ! is $other enabled || change "disable $other" quietly disable $other
    is $unit enabled || change "enable $unit" quietly enable $unit
    note "unit $unit"
    is ctrl-alt-del.target masked || change "mask ctrl-alt-del.target" quietly mask ctrl-alt-del.target
    note "mask ctrl-alt-del.target"
    local target
    target=$(control get-default 2>/dev/null || true)
    if [ "$target" = graphical.target ]; then
        change "start without a desktop from now on" quietly set-default multi-user.target
        note "target graphical.target"
    fi
}

apply() {
    live && [ $changed = yes ] || return 0
    change "reload systemd, udev and the kernel's settings" reload
    [ $dry = no ] || return 0
    if [ -e $state/shop/shop.toml ]; then
        echo "The till opens at the next start, or now with: systemctl start $unit"
    else
        echo "Now make a shop: sudo -u barrow BARROW_SHOP=$state/shop $program/bin/kiosk init"
        echo "and open it: systemctl start $unit"
    fi
}

reload() {
    [ -d /run/systemd/system ] || return 0 # a machine that was not started by systemd, such as a container
    systemctl daemon-reload
    udevadm control --reload && udevadm trigger --action=change
    sysctl -q -p /etc/sysctl.d/70-barrow.conf
}

remove_all() {
    [ -e "$root$manifest" ] || { say "find nothing that was installed"; return 0; }
    local name
    while read -r name; do
        ! live || [ ! -d /run/systemd/system ] || change "stop $name" systemctl --quiet stop "$name"
        change "disable $name" quietly disable "$name"
    done < <(noted unit)
    while read -r name; do change "unmask $name" quietly unmask "$name"; done < <(noted mask)
    while read -r name; do change "start into $name again" quietly set-default "$name"; done < <(noted target)
    while read -r name; do change "delete $name" rm -f "$root$name"; done < <(noted file)
    while read -r name; do change "delete $name" rm -rf "$root$name"; done < <(noted tree)
    while read -r name; do change "take $boot_line out of $name" rewrite "$root$name" drop_boot_line; done < <(noted boot)
    if live; then remove_from_machine; fi
    change "delete $manifest" rm -f "$root$manifest"
    [ $dry = yes ] || rmdir --ignore-fail-on-non-empty -p "$root/etc/barrow" 2>/dev/null || true
    ! live || change "reload systemd, udev and the kernel's settings" reload_without
}

reload_without() {
    [ -d /run/systemd/system ] || return 0
    systemctl daemon-reload
    udevadm control --reload
}

remove_from_machine() {
    local names
    mapfile -t names < <(noted package)
    if [ ${#names[@]} -gt 0 ]; then
        change "remove ${names[*]}" env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq "${names[@]}"
    fi
    if [ -e $state/shop ]; then
        say "keep $state, its user and its groups: the shop's books are there"
        return 0
    fi
    [ -z "$(noted user)" ] || change "delete user barrow" userdel --remove barrow
    mapfile -t names < <(noted group)
    for name in "${names[@]}"; do change "delete group $name" groupdel "$name"; done
}

while [ $# -gt 0 ]; do
    case $1 in
        --display) unit=kiosk-display.service packages+=(cage foot seatd fonts-dejavu-core) ;;
        --dry-run) dry=yes ;;
        --remove) remove=yes ;;
        --root) [ $# -gt 1 ] || fail "--root needs a folder"; root=${2%/}; shift ;;
        --source) [ $# -gt 1 ] || fail "--source needs a folder"; source=$2; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
source=$(cd "$source" && pwd) || fail "there is no folder $source"
[ -e "$source/pyproject.toml" ] || fail "$source is not the program's source: it has no pyproject.toml"
[ -z "$root" ] || [ -d "$root/etc" ] || fail "$root is not a tree of files: it has no etc"
if live && [ $dry = no ] && [ "$(id -u)" -ne 0 ]; then
    fail "needs root: sudo $0 (or --dry-run to look first). Nothing was changed."
fi
if live && ! command -v apt-get >/dev/null; then
    fail "this is for Raspberry Pi OS, Debian and their relatives: there is no apt-get. Nothing was changed."
fi
if [ $remove = yes ]; then remove_all; exit 0; fi
if live; then
    install_packages
    install_user
    install_program
fi
install_files
install_boot
install_services
apply
