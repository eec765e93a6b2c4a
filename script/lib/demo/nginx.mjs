// nginx as an instance of its own: configuration, pid and logs in the demo's state folder; as root or as anybody.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const render = (template, values) =>
  template.replace(/@(\w+)@/g, (whole, name) => {
    if (!(name in values)) throw new Error(`nginx.conf names ${whole}, which has no value`);
    return values[name];
  });

// Workers run as who started the demo, so that they may read its state; only root has a choice to say so.
const values = (settings, files) => ({
  module: settings.module,
  user: process.getuid() === 0 ? "user root;" : "",
  state: settings.state,
  links: settings.links,
  spool: settings.spool,
  keys: files.keys,
  scripts: settings.scripts,
  page_port: settings.ports.page,
  origin_port: settings.ports.origin,
  shop_port: settings.ports.shop,
});

// nginxCommand: writes the configuration, and says how to start nginx with it.
export const nginxCommand = (settings, files) => {
  mkdirSync(`${settings.state}/nginx`, { recursive: true });
  const conf = `${settings.state}/nginx/nginx.conf`;
  const template = readFileSync(new URL("./nginx.conf", import.meta.url), "utf8");
  writeFileSync(conf, render(template, values(settings, files)));
  return {
    name: "nginx",
    file: process.env.REFEDGE_NGINX || "/usr/sbin/nginx",
    args: ["-p", `${settings.state}/nginx/`, "-c", conf, "-e", `${settings.state}/nginx/error.log`],
    log: `${settings.state}/logs/nginx.log`,
  };
};
