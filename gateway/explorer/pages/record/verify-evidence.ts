import {
  check,
  checkExchange,
  type Check,
  type CheckedExchange,
  type Exchange,
  type PublishedEnd,
  type Surroundings,
} from './check-exchange.ts';
import { digest, readSigned, thumbprintOf, toHex } from './signed-text.ts';
import { readLoneHead, type HeadsReport } from './verify-heads.ts';

type Signers = Extract<HeadsReport, { readonly isWhole: true }>['signers'];

export interface EvidenceReport {
  /** What is checked of the file as a whole. */
  readonly file: readonly Check[];
  /** What is checked of each request, in the order in which the hub sent them. */
  readonly exchanges: readonly CheckedExchange[];
  /** How many more requests there were, which the hub did not keep. */
  readonly omitted: number;
}

interface Opening {
  readonly salt: string;
  readonly links: number;
  readonly hash: string;
}

/** `gateway/registry/records/evidence-file.ts` */
interface Evidence {
  readonly requestId: string;
  readonly organisation: string;
  readonly at: string;
  readonly exchanges: readonly Exchange[];
  readonly omitted: number;
  readonly heads: readonly string[];
  readonly openings?: readonly Opening[];
}

/** As the hub writes it. A space elsewhere would be another file. */
function readForm(file: string) {
  const { evidence } = JSON.parse(file) as { evidence: string };
  if (file.replace(/\n$/, '') !== JSON.stringify({ evidence })) throw new Error('another form');
  const signed = readSigned(evidence);
  const said = signed.payload as Evidence & { readonly form: unknown; readonly issuer: unknown };
  const isOne =
    signed.header['typ'] === 'hub-evidence+jwt' &&
    Object.keys(signed.header).length === 3 &&
    said.form === 1 &&
    said.issuer === 'hub' &&
    Array.isArray(said.exchanges) &&
    Array.isArray(said.heads);
  if (!isOne) throw new Error('another form');
  return { signed, evidence: said };
}

const openingOf = async (openings: readonly Opening[]) =>
  new Map(
    await Promise.all(
      openings.map(async (opening) => {
        const { salt, links, hash } = opening;
        return [toHex(await digest(JSON.stringify([salt, links, hash]))), opening] as const;
      }),
    ),
  );

/** The ends of records in the file, and whether their signers signed them. */
async function readEnds(evidence: Evidence, findKey: Surroundings['findKey']) {
  const openings = await openingOf(evidence.openings ?? []);
  const ends: PublishedEnd[] = [];
  let broken = 0;
  for (const line of evidence.heads) {
    const one = await readLoneHead(line).catch(() => undefined);
    const key = one && findKey(one.partner, one.key.kid);
    if (!one || !key || (await thumbprintOf(key)) !== (await thumbprintOf(one.key))) {
      broken += 1;
      continue;
    }
    const { partner, head } = one;
    const { links, hash } = head.form === 1 ? head : (openings.get(head.end ?? '') ?? {});
    ends.push({ partner, at: head.at, links, hash });
  }
  const number = evidence.heads.length;
  const made =
    number === 0 ? [] : [check('heads', broken === 0 ? 'holds' : 'fails', { number, broken })];
  return { ends, made };
}

async function verify(file: string, findKey: Surroundings['findKey']): Promise<EvidenceReport> {
  const { evidence, signed } = readForm(file);
  const { requestId, organisation, at, omitted } = evidence;
  const kid = signed.header['kid'];
  const key = findKey('hub', kid);
  const isOfHub = key && (await signed.isBy(key)) ? 'holds' : 'fails';
  const { ends, made } = await readEnds(evidence, findKey);
  const exchanges: CheckedExchange[] = [];
  for (const exchange of evidence.exchanges)
    exchanges.push(await checkExchange(exchange, { evidence, ends, findKey }));
  return {
    file: [
      check('form', 'holds', { requestId, organisation, at }),
      key
        ? check('hub', isOfHub, { print: await thumbprintOf(key) })
        : check('hub', 'unknown', { kid: String(kid) }),
      ...made,
    ],
    exchanges,
    omitted,
  };
}

/**
 * Verifies a file of evidence with the published keys alone, as `hub evidence verify` does, but goes on
 * after what does not hold.
 * @param signers of the published file of all heads, with their keys
 */
export function verifyEvidence(file: string, signers: Signers): Promise<EvidenceReport> {
  const findKey = (issuer: string, kid: unknown) =>
    [...(signers.find(({ partner }) => partner === issuer)?.keys.values() ?? [])].findLast(
      (key) => key.kid === kid,
    );
  // What cannot be read is no evidence.
  return verify(file, findKey).catch(() => ({
    file: [check('form', 'fails')],
    exchanges: [],
    omitted: 0,
  }));
}
