import { keyFolderOf, localDatabaseUrl, localIdentityFile } from '@hub/shared/config';
import { closeDataFolder, describeFileFault, keepFilesPrivate } from '@hub/shared/files';
import {
  createPartnerIdentity,
  identityIn,
  openPartner,
  type PartnerDefinition,
  type PartnerIdentity,
  type PartnerServer,
} from '@hub/shared/partner';
import { createLogger } from '@hub/shared/telemetry';
import { parseArgs } from 'node:util';
import { readConfig } from './config.js';

/** What this process tells the one that started it. */
export type EmbeddedMessage =
  | { readonly ready: string; readonly url: string }
  | { readonly failed: string; readonly reason: string };

/** The folders that can run as partners, by the name of their contract. Each is loaded only where one is to run. */
const folders: Readonly<Record<string, () => Promise<{ readonly definition: PartnerDefinition }>>> =
  {
    'national-police': () => import('@hub/national-police'),
    nbnp: () => import('@hub/nbnp'),
    'ncm-offices': () => import('@hub/ncm-offices'),
  };

/** How long what is under way may take to end. */
const drainMs = 9_000;

interface Place {
  readonly code: string;
  readonly port: number;
  readonly load: () => Promise<{ readonly definition: PartnerDefinition }>;
}

/** Reads a place from `no=national-police:4117`. */
function readPlace(text: string): Place {
  const [, code, subgraph = '', port] = /^([\w-]+)=([\w-]+):(\d+)$/.exec(text) ?? [];
  const load = folders[subgraph];
  if (!code || !load) throw new Error(`--partner ${text}: is no code=contract:port`);
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
  return { ...values, places: values.partner.map(readPlace) };
}

function tell(message: EmbeddedMessage): Promise<void> {
  return new Promise((resolve) => {
    // Without a starter, by hand for instance, there is nobody to tell.
    if (!process.send) return resolve();
    process.send(message, () => resolve());
  });
}

/** Resolves when this process is told to stop, or when the one that started it is gone. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => resolve();
    // Not `once`: a terminal’s Ctrl-C may reach a process twice, and the second would cut what is under way.
    process.on('SIGTERM', stop).on('SIGINT', stop).once('disconnect', stop);
    // It asks the hub to reload, which the one that started both passes on; there is nothing to reload here.
    process.on('SIGHUP', () => undefined);
  });
}

const {
  places,
  data,
  'hub-url': hubUrl,
  'facts-only': factsOnly,
  'new-database': isNew,
  'log-level': logLevel,
} = readOptions();
const { countThreshold } = readConfig();
const logger = createLogger('partners', logLevel);
const servers: PartnerServer[] = [];
const identities: PartnerIdentity[] = [];

/** What went wrong, in words that its operator can act on. */
const explain = (error: unknown): string =>
  describeFileFault(error, data) ?? (error instanceof Error ? error.message : String(error));

/** Opens one partner. What keeps it from starting is logged and told, and keeps nobody else from it. */
async function open({ code, port, load }: Place): Promise<boolean> {
  try {
    const { definition } = await load();
    const ownLogger = logger.child({ partner: code });
    const identity = createPartnerIdentity({
      partner: code,
      ...identityIn(keyFolderOf(data), code),
      hubUrl,
      logger: ownLogger,
    });
    const { authenticate, askHub, readyChecks } = identity;
    // The log says what is wrong with keys, also where nobody asks whether this server is ready.
    await readyChecks.keys?.();
    const server = await openPartner(definition, {
      authenticate,
      askHub,
      readyChecks,
      partner: code,
      countThreshold,
      databaseUrl: localDatabaseUrl(data, code, factsOnly),
      content: factsOnly ? 'facts' : 'demonstration',
      recognition: {
        file: localIdentityFile(data, code, factsOnly),
        mayBeFirst: true,
        isNew,
      },
      logger: ownLogger,
    });
    servers.push(server);
    identities.push(identity);
    await tell({ ready: code, url: await server.listen(port) });
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
const opened = Promise.all(places.map(open));
const isOpen = await Promise.race([
  opened.then((areOpen) => areOpen.includes(true)),
  stop.then(() => true),
]);
if (isOpen) await stop;
setTimeout(() => process.exit(1), drainMs).unref();
await Promise.allSettled(servers.map((server) => server.close()));
await Promise.allSettled(identities.map((identity) => identity[Symbol.asyncDispose]()));
process.exit(isOpen ? 0 : 1);
