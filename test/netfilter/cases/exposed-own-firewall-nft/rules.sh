nft -f - <<RULES
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    udp dport 5060 log prefix "sip-accept: " accept
    tcp dport 22 log prefix "ssh-accept: " accept
    log prefix "input-drop: "
  }
}
RULES
