nft -f - <<RULES
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    log prefix "input-drop: "
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    iifname "lan20" oifname "dmz20" udp dport 5060 log prefix "phones-accept: " accept
    log prefix "forward-drop: "
  }
}
table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname "wan20" masquerade
  }
}
RULES
