iptables -P FORWARD DROP
iptables -A FORWARD -i dmz20 -o wan20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -o wan20 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
