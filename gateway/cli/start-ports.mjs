// Plain JavaScript with Node’s own modules only: `npm start` looks at its ports before anything is
// installed.
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import * as util from 'node:util';
import { checkNode, root, SetUpError, tell } from './set-up.mjs';

const highestPort = 65_535;
/** The hub’s port if the network file names none. */
const defaultPort = 4_000;

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The flags that say which ports are used. The others are read once there is code that knows them. */
function readFlags(args) {
  const options = {
    help: { type: 'boolean', short: 'h' },
    without: { type: 'string', multiple: true },
    'port-base': { type: 'string' },
  };
  const { values } = util.parseArgs({ args, options, strict: false });
  const without = (values.without ?? []).flatMap((list) => String(list).split(','));
  return {
    asksForHelp: values.help === true,
    without: without.map((code) => code.trim()),
    base: values['port-base'],
  };
}

function portOf({ url }) {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
const isLocal = ({ url }) =>
  URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** The network on other ports at the same distances. Partners on other machines stay where they are. */
function moveNetwork({ port, partners }, base) {
  const distances = partners.filter(isLocal).map((one) => portOf(one) - port);
  const [first, last] = [1 - Math.min(0, ...distances), highestPort - Math.max(0, ...distances)];
  if (!/^\d+$/.test(base) || Number(base) < first || Number(base) > last)
    throw new SetUpError(`--port-base must be a number from ${first} to ${last}.`, 2);
  const move = (partner) => {
    const url = new URL(partner.url);
    url.port = String(portOf(partner) - port + Number(base));
    return { ...partner, url: url.href };
  };
  const moved = partners.map((partner) => (isLocal(partner) ? move(partner) : partner));
  return { port: Number(base), partners: moved };
}

/** Writes the moved network, for the hub and for other commands. */
function placeNetwork(network, dataDir) {
  const file = join(dataDir, `network-${network.port}.json`);
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, `${JSON.stringify(network, null, 2)}\n`, { mode: 0o600 });
  } catch ({ code }) {
    throw new SetUpError(`${file} cannot be written (${code}).`);
  }
  process.env.HUB_NETWORK = file;
  delete process.env.HUB_PORT;
  tell(`The hub’s port is ${network.port}. Other commands need HUB_NETWORK=${file}`);
}

/** Why a port cannot be listened on. Undefined if it can. */
function findError({ port, host }) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }) =>
      resolve(code === 'EADDRINUSE' ? 'is in use' : `is not available (${code})`),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

async function checkPorts(wanted) {
  const errors = await Promise.all(wanted.map(findError));
  const index = errors.findIndex((error) => error !== undefined);
  if (index < 0) return;
  const { port, owner } = wanted[index];
  const others = errors.filter((error) => error !== undefined).length - 1;
  const more =
    others === 0
      ? ''
      : `, and so ${others === 1 ? 'is 1 other port' : `are ${others} other ports`} of the network`;
  throw new SetUpError(
    `Port ${port} of ${owner} ${errors[index]}${more}. Stop the other program, or choose other ports: \`--port-base N\``,
  );
}

/**
 * Moves the ports of `npm start` if `--port-base` says so, and checks that they are free. Invalid
 * settings are reported later, all at once.
 * @throws SetUpError
 */
export async function preparePorts(args) {
  checkNode();
  const { asksForHelp, without, base } = readFlags(args);
  if (asksForHelp) return;
  const { HUB_NETWORK, HUB_DATA_DIR, HUB_HOST, HUB_PORT } = process.env;
  const dataDir = resolve(root, HUB_DATA_DIR || '.data');
  const read = readJson(resolve(root, HUB_NETWORK || join('gateway', 'network.json')));
  if (!read || !Array.isArray(read.partners)) return;
  const named = { port: defaultPort, ...read };
  const network = base === undefined ? named : moveNetwork(named, String(base));
  const { removed = {} } = readJson(join(dataDir, 'registry', 'members.json')) || {};
  const host = '127.0.0.1';
  const hubPort = base === undefined && HUB_PORT ? Number(HUB_PORT) : network.port;
  const wanted = [
    { port: hubPort, host: HUB_HOST || host, owner: 'the hub' },
    ...network.partners
      .filter((one) => isLocal(one) && !without.includes(one.code) && !(one.code in removed))
      .map((one) => ({ port: portOf(one), host, owner: `${one.code} (${one.name})` })),
  ];
  await checkPorts(wanted.filter(({ port }) => port > 0 && port <= highestPort));
  if (base !== undefined) placeNetwork(network, dataDir);
}
