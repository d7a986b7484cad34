import { silentLogger, type Logger } from '@hub/shared/system';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNetworkConfig } from '../../../gateway/config.js';
import { bindPlugins, type Hub } from '../../../gateway/hub.js';
import { plugins } from '../../../gateway/plugins/list.js';
import { openPlugins } from '../../../gateway/plugins/open-plugins.js';
import { createSoleWorker } from '../../../gateway/plugins/sole-worker.js';
import { createHubServer } from '../../../gateway/server/server.js';
import { createToken, type Asker, type Tree } from './open-hub.js';

/** What a tool returned: the structured content of a result, or a refusal. */
interface ToolAnswer {
  /** Null for a refusal. */
  readonly result: Tree;
  readonly error: Tree;
  /** The text, as a client without structured content shows it. */
  readonly text: string;
}

/** A client of the SDK, connected for one person. */
interface Assistant extends AsyncDisposable {
  readonly client: Client;
  /** Calls a tool for the purpose `a test`. */
  call(name: string, given?: Record<string, unknown>): Promise<ToolAnswer>;
}

/** A hub on a port with `/mcp`. */
export interface OpenTools extends AsyncDisposable {
  readonly url: URL;
  connect(asker?: Asker, options?: { readonly isOld?: boolean }): Promise<Assistant>;
}

const name = 'test-desk';

/** Writes an application’s manifest and the file that registers it. Returns the path of the file. */
async function register(folder: string, documents: readonly string[]): Promise<string> {
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const manifest = Object.fromEntries(documents.map((text) => [hashOf(text), text]));
  await writeFile(join(folder, 'desk.json'), JSON.stringify(manifest));
  const applications = [{ name: 'desk', version: '1', owner: 'dk', manifest: 'desk.json' }];
  const file = join(folder, 'trusted.json');
  await writeFile(file, JSON.stringify({ applications }));
  return file;
}

/** Serves the tools of a hub, as `HUB_MCP=true` does. */
export async function openTools(
  hub: Hub,
  keys: string,
  {
    documents = [],
    applications = ['desk'],
    allowedOrigins = [],
    logger = silentLogger,
    isMeasured = false,
  }: {
    /** The documents of the trusted application `desk`. */
    readonly documents?: readonly string[];
    /** The applications that the operator lists. */
    readonly applications?: readonly string[];
    readonly allowedOrigins?: readonly string[];
    readonly logger?: Logger;
    readonly isMeasured?: boolean;
  } = {},
): Promise<OpenTools> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-tools-'));
  const config = readNetworkConfig({
    HUB_MCP: 'true',
    HUB_MCP_APPLICATIONS: applications.join(),
    HUB_TRUSTED_DOCUMENTS: await register(folder, documents),
  });
  const wanted = ['mcp', 'trusted-documents', ...(isMeasured ? ['metrics'] : [])];
  const { opened } = await openPlugins(
    plugins.filter((plugin) => wanted.includes(plugin.name)),
    createSoleWorker(config, logger),
  );
  const server = await createHubServer({
    hub: { ...hub, plugins: bindPlugins(opened, () => hub) },
    logger,
    allowedOrigins,
  });
  const url = new URL('/mcp', await server.listen(0));
  return {
    url,
    async connect(asker, { isOld = false } = {}) {
      const token = asker && (await createToken(keys, asker));
      const client = new Client(
        { name, version: '7' },
        { versionNegotiation: { mode: isOld ? 'legacy' : 'auto' } },
      );
      const requestInit = token ? { headers: { authorization: `Bearer ${token}` } } : {};
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
      return {
        client,
        async call(tool, given = {}) {
          const answer = await client.callTool({
            name: tool,
            arguments: { purpose: 'a test', ...given },
          });
          const [content] = answer.content;
          const text = content?.type === 'text' ? content.text : '';
          const parsed: Tree = JSON.parse(text);
          return answer.isError === true
            ? { result: null, error: parsed.error, text }
            : { result: answer.structuredContent, error: null, text };
        },
        [Symbol.asyncDispose]: () => client.close(),
      };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
