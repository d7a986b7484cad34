import { type LocalPartner, openLocalPartner, type Partner } from '@hub/shared/partner';
import {
  closeDataFolder,
  createLogger,
  describeFileError,
  keepFilesPrivate,
} from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { readConfig } from './config.js';

/** The messages of this process to its parent. */
export type EmbeddedMessage =
  | { readonly ready: string; readonly url: string }
  | { readonly failed: string; readonly reason: string };

/**
 * The folders that can run as partners, by the name of their contract. Each is loaded only if it is
 * needed.
 */
const folders: Readonly<Record<string, () => Promise<{ readonly definition: Partner }>>> = {
  'national-police': () => import('@hub/national-police'),
  nbnp: () => import('@hub/nbnp'),
  'ncm-offices': () => import('@hub/ncm-offices'),
};

/** How long requests in flight may take at shutdown. */
const drainMs = 9_000;

interface EmbeddedPartner {
  readonly code: string;
  readonly port: number;
  readonly load: () => Promise<{ readonly definition: Partner }>;
}

/** Reads a partner from `no=national-police:4117`. */
function readPartner(text: string): EmbeddedPartner {
  const [, code, subgraph = '', port] = /^([\w-]+)=([\w-]+):(\d+)$/.exec(text) ?? [];
  const load = folders[subgraph];
  if (!code || !load) throw new Error(`--partner ${text}: must have the form code=contract:port`);
  return { code, port: Number(port), load };
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      partner: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: '.data' },
      'hub-url': { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
      'facts-only': { type: 'boolean', default: false },
      'new-database': { type: 'boolean', default: false },
      'log-level': { type: 'string', default: 'warn' },
    },
  });
  return { ...values, partners: values.partner.map(readPartner) };
}

function tell(message: EmbeddedMessage): Promise<void> {
  return new Promise((resolve) => {
    // Without a parent process, for example by hand, there is no receiver.
    if (!process.send) return resolve();
    process.send(message, () => resolve());
  });
}

/** Resolves when this process gets a signal to stop, or when its parent has ended. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => resolve();
    // Not `once`: Ctrl-C in a terminal may reach a process twice, and the second signal would end
    // requests in flight.
    process.on('SIGTERM', stop).on('SIGINT', stop).once('disconnect', stop);
    // SIGHUP is for the hub, which gets it from the parent. There is nothing to reload here.
    process.on('SIGHUP', () => undefined);
  });
}

const {
  partners,
  data,
  'hub-url': hubUrl,
  'facts-only': factsOnly,
  'new-database': isNew,
  'log-level': logLevel,
} = readOptions();
const settings = readConfig();
const logger = createLogger('partners', logLevel);
const running: LocalPartner[] = [];

/** The error in words for the operator. */
const explain = (error: unknown): string =>
  describeFileError(error, data) ?? (error instanceof Error ? error.message : String(error));

/**
 * Opens one partner. An error is logged and reported to the parent, and does not stop the other
 * partners.
 */
async function open({ code, port, load }: EmbeddedPartner): Promise<boolean> {
  try {
    const { definition } = await load();
    const partner = await openLocalPartner(definition, {
      partner: code,
      data,
      hubUrl,
      factsOnly,
      isNew,
      settings,
      logger: logger.child({ partner: code }),
    });
    running.push(partner);
    await tell({ ready: code, url: await partner.listen(port) });
    return true;
  } catch (error) {
    const reason = explain(error);
    logger.fatal({ partner: code, reason }, 'does not start');
    await tell({ failed: code, reason });
    return false;
  }
}

keepFilesPrivate();
closeDataFolder(data);
const stop = toldToStop();
const opened = Promise.all(partners.map(open));
const isOpen = await Promise.race([
  opened.then((areOpen) => areOpen.includes(true)),
  stop.then(() => true),
]);
if (isOpen) await stop;
setTimeout(() => process.exit(1), drainMs).unref();
await Promise.allSettled(running.map((partner) => partner.close()));
await Promise.allSettled(running.map((partner) => partner[Symbol.asyncDispose]()));
process.exit(isOpen ? 0 : 1);
