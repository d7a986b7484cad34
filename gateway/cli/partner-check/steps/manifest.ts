import { type Manifest, ManifestError, manifestPath, verifyManifest } from '@hub/shared/records';
import { buildASTSchema, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import type { Certifier, Reply } from '../certifier.js';
import { subject } from '../step.js';
import { broken } from '../verdict.js';

async function fetchManifest(partner: Certifier): Promise<Reply> {
  const reply = await partner.get(manifestPath);
  if (reply.status !== 200) broken(`${manifestPath} responds with ${reply.status}`);
  return reply;
}

export async function readManifest(partner: Certifier): Promise<Manifest> {
  const { text } = await fetchManifest(partner);
  try {
    return await verifyManifest(text, { partner: partner.code, keys: partner.partnerKeys });
  } catch (error) {
    if (error instanceof ManifestError) return broken(`${error.code}: ${error.message}`);
    throw error;
  }
}

/** The type of each field and argument of a schema, by its coordinate. */
function fieldsOf(sdl: string): Map<string, string> {
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
  const found = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isInputObjectType(type)) {
      for (const { name, type: of } of Object.values(type.getFields()))
        found.set(`${type.name}.${name}`, String(of));
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, type: of, args } of Object.values(type.getFields())) {
      found.set(`${type.name}.${name}`, String(of));
      for (const argument of args)
        found.set(`${type.name}.${name}(${argument.name}:)`, String(argument.type));
    }
  }
  return found;
}

const some = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

async function servesContract(partner: Certifier): Promise<void> {
  const { schema } = await readManifest(partner);
  const served = fieldsOf(schema);
  const contract = Object.values(partner.outline.schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__'),
  );
  const lacking = contract.flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) => {
          const coordinate = `${type.name}.${field.name}`;
          const found = served.get(coordinate);
          if (found === String(field.type)) return [];
          return `${coordinate} is ${found ?? 'missing'}, and must be ${String(field.type)}`;
        })
      : [],
  );
  if (lacking.length > 0) broken(some(lacking));
}

async function servesWhatItSays(partner: Certifier): Promise<void> {
  const { schema } = await readManifest(partner);
  const data = await partner.read('{ _service { sdl } }');
  const { sdl } = (data['_service'] ?? {}) as { readonly sdl?: unknown };
  const [said, served] = [fieldsOf(schema), fieldsOf(String(sdl))];
  const differing = [...said].flatMap(([name, type]) => (served.get(name) === type ? [] : name));
  if (differing.length > 0) broken(`_service { sdl } differs at ${some(differing)}`);
}

/** What the partner says of itself. */
export const manifestSteps = subject('shared/identity/wire-format.md, The manifest', {
  'manifest-is-published': [
    'GET /.well-known/hub-manifest.json returns JSON to everybody, without a redirect',
    async (partner) => {
      const { headers, json } = await fetchManifest(partner);
      const type = headers.get('content-type') ?? 'no type';
      if (!type.startsWith('application/json')) broken(`it has the type ${type}`);
      if (!json || !('manifest' in json)) broken('it is not {"manifest": "…"}');
    },
  ],
  'manifest-is-signed': [
    'a compact JWS by the registered key, of the one form, issued by the partner',
    async (partner) => void (await readManifest(partner)),
  ],
  'manifest-is-signed-once': [
    'two requests get the same bytes',
    async (partner) => {
      const [one, other] = [await fetchManifest(partner), await fetchManifest(partner)];
      if (one.text !== other.text) broken('the second one differs');
    },
  ],
  'manifest-names-the-contract': [
    'subgraph is the contract that the partner is registered for',
    async (partner) => {
      const { subgraph } = await readManifest(partner);
      if (subgraph !== partner.subgraph) broken(`${subgraph}, and not ${partner.subgraph}`);
    },
  ],
  'manifest-names-the-endpoint': [
    'endpoint is the URL that the hub calls',
    async (partner) => {
      const { endpoint } = await readManifest(partner);
      if (endpoint !== partner.url) broken(`${endpoint}, and not ${partner.url}`);
    },
  ],
  'manifest-has-the-contract': [
    'schema has every field of the contract, with the same type',
    servesContract,
  ],
  'manifest-is-what-is-served': ['schema has what _service { sdl } returns', servesWhatItSays],
});
