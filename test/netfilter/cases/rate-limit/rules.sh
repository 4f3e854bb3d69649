iptables -P FORWARD DROP
iptables -N MEDIA
iptables -A FORWARD -p udp --dport 10000:20000 -m hashlimit --hashlimit-above 1/min --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name media20 -j MEDIA
iptables -A MEDIA -j LOG --log-prefix "media-limit-drop: "
iptables -A MEDIA -j DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i dmz20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -j ACCEPT
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
