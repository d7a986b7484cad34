import type { PluginRegistry } from '../../hub-plugin.js';
import { createNoticeStore } from './notice-store.js';
import { createOverdueWatch } from './overdue-watch.js';
import { createOwnerNotices } from './owner-notices.js';

/** How often it looks for what owners are to be notified of, and asks again who did not say. */
const noticesMs = { log: 2_000, overdue: 600_000 } as const;

/** Makes and sends notices, as long as the registry’s process runs. */
export function sendNotices(process: PluginRegistry): AsyncDisposable {
  const { stateOf, files, started } = process;
  const overdue = createOverdueWatch(process);
  const notices = createOwnerNotices({
    ...process,
    addressOf: (code) => stateOf(code).said?.notices,
    releases: files.releases,
    store: createNoticeStore(files.noticesFile),
    takeOverdue: overdue.take,
  });
  const timers = [
    setInterval(() => void notices.round(), noticesMs.log),
    setInterval(() => void overdue.look(), noticesMs.overdue),
  ];
  void started.then(() => overdue.look());
  return {
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      await notices[Symbol.asyncDispose]();
      await overdue[Symbol.asyncDispose]();
    },
  };
}
