import type { PluginRegistry } from '../../hub-plugin.js';
import { createNoticeStore } from './notice-store.js';
import { createOverdueWatch } from './overdue-watch.js';
import { createOwnerNotices, type OwnerNoticesOptions } from './owner-notices.js';

/** How often it looks for what owners are to be notified of, and asks again who did not say. */
const noticesMs = { log: 2_000, overdue: 600_000 } as const;

/** What it needs of the registry’s process. */
interface NoticeProcess
  extends
    Pick<PluginRegistry, 'contracts' | 'started'>,
    Required<Pick<OwnerNoticesOptions, 'partners' | 'administration' | 'sign' | 'connect'>> {
  readonly logger: PluginRegistry['logger'];
  readonly files: Pick<PluginRegistry['files'], 'releases' | 'noticesFile'>;
  readonly stateOf: (partner: string) => {
    readonly said?: { readonly notices?: string | undefined } | undefined;
  };
}

/** Makes and sends notices, as long as the registry’s process runs. */
export function sendNotices(process: NoticeProcess): AsyncDisposable {
  const { stateOf, files, started } = process;
  const overdue = createOverdueWatch(process);
  const notices = createOwnerNotices({
    ...process,
    addressOf: (code) => stateOf(code).said?.notices,
    releases: files.releases,
    store: createNoticeStore(files.noticesFile),
    takeOverdue: overdue.take,
  });
  // What is logged from now on is new, however soon the first release comes.
  void notices.round();
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
