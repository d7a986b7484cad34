import { anonymous } from '@hub/shared/identity';
import { mailSubscriptionsPath } from '@hub/shared/partner';
import { createHash } from 'node:crypto';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { escapeHtml as escape } from '../../server/escape-html.js';
import { createPostAsHub } from '../../server/security/post-as-hub.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import { pageTexts } from './page-texts.js';

/** How often one address may try keys: a second, and at once after a pause. */
const linkRate = { perSecond: 5, burst: 100 } as const;
const deadlineMs = 10_000;
const linkPath = '/mail/:partner/:id/:key';

interface Link {
  readonly Params: { readonly partner: string; readonly id: string; readonly key: string };
  readonly Querystring: { readonly language?: unknown };
}

const style =
  ':root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; } main { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; } button { padding: 0.5rem 1rem; font: inherit; }';
const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  // The address has the key.
  'referrer-policy': 'no-referrer',
};

type Texts = (typeof pageTexts)[keyof typeof pageTexts];
type Choice = 'stop' | 'renew';

/** A page with a text, and a button or none. */
function writePage(language: unknown, text: keyof Texts, choice?: Choice): string {
  const known = Object.entries(pageTexts).find(([one]) => one === language);
  const [lang, texts] = known ?? (['en', pageTexts.en] as const);
  const form =
    choice &&
    `<form method="post"><input type="hidden" name="${choice}" value="yes"><button>${escape(texts[choice])}</button></form>`;
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cooperation Hub</title><style>${style}</style><main><h1>Cooperation Hub</h1><p>${escape(texts[text])}</p>${form ?? ''}</main></html>`;
}

/**
 * A partner’s server is not reachable for people, so the hub serves the page and passes on what they
 * decide. Opening it changes nothing, because programs that check mails open each link.
 */
export function openMailLinks({ partners }: Network, worker: PluginWorker): Capability {
  const { config, tls, logger } = worker;
  const partnerKeys = createNetworkKeys(config.dataDir, { port: 0, partners });
  const sign = createRequestSigner({ ownKeys: createHubKeys(config.privateKeys), partnerKeys });
  const hub = createPostAsHub({ sign, connect: tls.connect, deadlineMs });
  const tries = createRateLimit(linkRate);
  /** 200, 404 if the partner has no such link, or 503 if it does not respond. */
  const change = async ({ partner: code, id, key }: Link['Params'], isStopped: boolean) => {
    const partner = partners.find((one) => one.code === code);
    if (!partner) return 404;
    try {
      const { status } = await hub.post(partner, mailSubscriptionsPath, { id, key, isStopped });
      if (status === 200 || status === 404) return status;
      logger.warn({ partner: code, status }, 'the link of a mail has no effect now');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ partner: code, reason }, 'the link of a mail has no effect now');
    }
    return 503;
  };
  return {
    async serve({ http }) {
      const route = { exposeHeadRoute: false, bodyLimit: 1_000 };
      http.get<Link>(linkPath, route, async ({ ip, query: { language } }, reply) => {
        tries.count(anonymous, ip);
        return reply.headers(headers).send(writePage(language, 'ask', 'stop'));
      });
      http.post<Link>(linkPath, route, async ({ ip, params, body, query: { language } }, reply) => {
        tries.count(anonymous, ip);
        const isStopped = !(Buffer.isBuffer(body) && body.toString() === 'renew=yes');
        const status = await change(params, isStopped);
        const page =
          status === 404
            ? writePage(language, 'unknown')
            : status === 503
              ? writePage(language, 'later', isStopped ? 'stop' : 'renew')
              : writePage(
                  language,
                  isStopped ? 'stopped' : 'renewed',
                  isStopped ? 'renew' : 'stop',
                );
        return reply.code(status).headers(headers).send(page);
      });
    },
    [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
  };
}
