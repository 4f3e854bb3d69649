iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i dmz20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -j ACCEPT
iptables -t nat -A POSTROUTING -o wan20 -p udp -j MASQUERADE --random
nft add table ip seen
nft 'add chain ip seen out { type filter hook postrouting priority 150; }'
nft 'add rule ip seen out oifname "wan20" log prefix "left-accept: "'
