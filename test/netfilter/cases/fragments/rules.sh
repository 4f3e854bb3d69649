iptables -P FORWARD DROP
iptables -A FORWARD -p udp --dport 5060 -j LOG --log-prefix "sip-accept: "
iptables -A FORWARD -p udp --dport 5060 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
