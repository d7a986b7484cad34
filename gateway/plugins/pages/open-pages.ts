import { anonymous, tokens } from '@hub/shared/identity';
import { parse, print, printSchema, visit } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capability, Hub, PluginWorker } from '../../hub-plugin.js';
import { readSigningKey } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { registerPages } from './register-pages.js';
import { type RegisteredProvider, createProviderSignIn } from './sign-in/provider-sign-in.js';
import { createTrialTokens } from './sign-in/trial-token.js';

/** The settings that the pages read before a user signs in. None of them is restricted. */
interface PageSettings {
  /** All organisations of the network, also those that are unavailable, and whom readers write to. */
  readonly partners: readonly {
    readonly code: string;
    readonly name: string;
    readonly contact: string;
  }[];
  /** The roles of people. */
  readonly roles: readonly string[];
  /** Whether `/graphql/schema.graphql` is served. */
  readonly hasSchema: boolean;
  /** Whether anybody may sign in as anybody: the embedded start alone. */
  readonly hasTrialSignIn: boolean;
  /** The organisations whose people sign in with their OpenID Connect provider. */
  readonly providers: readonly string[];
}

function describePageSettings(
  { partners }: Network,
  offers: Pick<PageSettings, 'hasSchema' | 'hasTrialSignIn' | 'providers'>,
): PageSettings {
  return {
    ...offers,
    partners: partners.map(({ code, name, contact }) => ({ code, name, contact })),
    // A partner’s own server signs in by itself.
    roles: [...tokens.roles.filter((role) => role !== 'service'), 'participant'],
  };
}

const folder = join(packageFolder, 'explorer', 'dist');

/**
 * The content security policy of the hub’s own pages: scripts, styles and requests of the hub alone,
 * no inline text, no frame.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The paths of the pages. `gateway/explorer` has a page for each. */
export const pagePaths: readonly string[] = [
  '/',
  '/explorer',
  '/network',
  '/network/*',
  '/programme',
  '/programme/*',
  '/tasks',
  '/tasks/*',
  '/people',
  '/people/*',
  '/record',
  '/search',
  '/my-journey',
  '/status',
  '/help',
  '/accessibility',
  '/join',
  '/sign-in/callback/:organisation',
  '/sign-in/window/:organisation',
];

/** How often one address may try to sign in: a second, and at once after a pause. */
const signInRate = { perSecond: 2, burst: 40 } as const;

/** How often one address may fetch the schema, which has 200 KB. */
const schemaRate = { perSecond: 5, burst: 50 } as const;

/** The providers with which the pages are registered, by the code of their organisation. */
function listProviders({ partners }: Network): ReadonlyMap<string, RegisteredProvider> {
  return new Map(
    partners.flatMap(({ code, issuer, pagesClientId: clientId }) =>
      issuer !== undefined && clientId !== undefined ? [[code, { issuer, clientId }] as const] : [],
    ),
  );
}

/** Written by the build. */
const fieldFactsFile = join(packageFolder, 'explorer', 'generated', 'field-facts.json');

/** Prints each schema once. A reload brings another one. */
function createSchemaPrinter(hub: Pick<Hub, 'schema'>): (isDescribed: boolean) => string {
  let printed: { readonly schema: Hub['schema']; readonly text: string } | undefined;
  let bare: { readonly of: string; readonly text: string } | undefined;
  return (isDescribed) => {
    const { schema } = hub;
    if (printed?.schema !== schema) printed = { schema, text: printSchema(schema) };
    const { text } = printed;
    if (isDescribed) return text;
    if (bare?.of !== text) bare = { of: text, text: leaveOutDescriptions(text) };
    return bare.text;
  };
}

/** A schema in a quarter of its bytes: enough to check and complete operations. */
const leaveOutDescriptions = (sdl: string): string =>
  print(
    visit(parse(sdl, { noLocation: true }), {
      enter: (node) =>
        'description' in node && node.description ? { ...node, description: undefined } : undefined,
    }),
  );

/** The hub’s own pages, for a network. A foreign supergraph has none of what they show. */
export function openPages(
  network: Network,
  { config: { introspection, dataDir }, logger }: Pick<PluginWorker, 'config' | 'logger'>,
  hasTrialSignIn: boolean,
): Capability {
  const codes = network.partners.map(({ code }) => code);
  const tries = createRateLimit(signInRate);
  const schemas = createRateLimit(schemaRate);
  const providers = listProviders(network);
  return {
    serve: ({ http }, hub) =>
      registerPages(http, {
        folder,
        paths: pagePaths,
        contentSecurityPolicy: contentPolicy,
        settings: describePageSettings(network, {
          hasSchema: introspection,
          hasTrialSignIn,
          providers: [...providers.keys()],
        }),
        printSchema: introspection ? createSchemaPrinter(hub) : undefined,
        countSchema: (address) => schemas.count(anonymous, address),
        countSignIn: (address) => tries.count(anonymous, address),
        providers: createProviderSignIn(providers, logger),
        sessions: hub.sessions,
        fieldFacts: introspection ? readFileSync(fieldFactsFile, 'utf8') : undefined,
        signTrialToken: hasTrialSignIn
          ? createTrialTokens(codes, (code) => readSigningKey(dataDir, code))
          : undefined,
      }),
  };
}
