import type { Capability, HubPlugin, PluginWorker } from '../hub-plugin.js';
import type { Application } from '../server/applications.js';
import type { HubConfig } from '../server/settings/hub-config.js';

/** Opens plugins one after the other, and closes them in the reverse order. */
export async function openInProcess<Opened extends Partial<AsyncDisposable>>(
  plugins: readonly HubPlugin[],
  open: (plugin: HubPlugin) => Promise<Opened | undefined> | undefined,
): Promise<AsyncDisposable & { readonly opened: readonly Opened[] }> {
  const opened: Opened[] = [];
  const close = async () => {
    for (const one of opened.toReversed()) await one[Symbol.asyncDispose]?.();
  };
  try {
    for (const plugin of plugins) {
      const one = await open(plugin);
      if (one) opened.push(one);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { opened, [Symbol.asyncDispose]: close };
}

/** The applications of plugins whose operations are written down. @throws `ConfigError` */
export const readApplications = (
  plugins: readonly HubPlugin[],
  { network, plugins: settings }: Pick<HubConfig, 'network' | 'plugins'>,
): readonly Application[] =>
  plugins.flatMap((plugin) => plugin.readApplications?.(settings, network === undefined) ?? []);

/** Opens plugins in a worker. Those that are turned off add nothing. */
export function openPlugins(
  plugins: readonly HubPlugin[],
  process: Omit<PluginWorker, 'applications'>,
) {
  const { config } = process;
  const worker = { ...process, applications: readApplications(plugins, config) };
  return openInProcess<Capability>(plugins, (plugin) => plugin.open?.(worker, config.plugins));
}
