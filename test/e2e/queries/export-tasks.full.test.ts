import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';

const analyst: Asker = { organisation: 'se', role: 'analyst' };

describe('GET /export/tasks.ics, tasks.atom and tasks.csv', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const get = async (path: string, asker?: Asker) => {
    const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
    const response = await fetch(new URL(`/export/${path}`, network.hubUrl), {
      headers: { ...(authorization && { authorization }) },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  const query =
    '{ tasks(first: 1000) { nodes { id message dueOn since isRehearsal group { name } } } }';
  const offices = { organisation: 'ncm', role: 'coordinator' } as const;

  it('are the own tasks, each with a due day as an event of that day', async () => {
    const tasks = (await network.ask(query, {}, offices)).data.tasks.nodes as Tree[];
    const due = tasks.filter(({ dueOn }) => dueOn !== null);
    expect(due.length).toBeGreaterThan(2);
    expect(tasks.length).toBeGreaterThan(due.length);
    const { headers, text } = await get('tasks.ics', offices);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = new ICAL.Component(ICAL.parse(text) as never)
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    expect(
      events.map(({ uid, summary, startDate, description }) => [
        uid,
        summary,
        startDate.toString(),
        description,
      ]),
    ).toEqual(
      due.map(({ id, message, dueOn, isRehearsal, group }) => [
        `${id}@cooperation-hub`,
        `${isRehearsal ? 'Rehearsal: ' : ''}${message}`,
        dueOn,
        group?.name ?? null,
      ]),
    );
    const feed = await get('tasks.atom', offices);
    expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    for (const { id } of tasks) expect(feed.text).toContain(`<id>urn:hub:${id}`);
    expect(feed.text.match(/<entry>/g)).toHaveLength(tasks.length);
    for (const { message } of tasks) expect(feed.text).toContain(`${message}</title>`);
  });

  it('have in the feed what others ended', async () => {
    const visit = 'nbnp:demo-visit-5';
    const { data } = await network.ask(
      `{ visit(id: "${visit}") { title version hostings { id status } } }`,
      {},
      { organisation: 'nbnp', role: 'coordinator' },
    );
    const { title, version, hostings } = data.visit as Tree;
    const [{ id }] = hostings.filter(({ status }: Tree) => status !== 'WITHDRAWN');
    const host = { organisation: `${id}`.replace(/:.*/, ''), role: 'liaison' } as const;
    const isTold = async (asker: Asker) => {
      const { status, text } = await get('tasks.atom', asker);
      expect(status).toBe(200);
      return text.includes(`<title>Rehearsal: The visit “${title}” is cancelled.</title>`);
    };
    expect(await isTold(host)).toBe(false);
    const on = new Date().toISOString().slice(0, 10);
    const cancellation = { visit, on, reason: 'A strike.', version };
    await runIn(network).done('nbnp', 'cancelVisit', cancellation);
    expect(await isTold(host)).toBe(true);
    expect(await isTold({ organisation: 'nbnp', role: 'coordinator' })).toBe(false);
  });

  it('are in CSV with all their columns', async () => {
    const fields = `id kind subject message cause since dueOn isOverdue isRehearsal isUncertain
      group { id } visit { id }`;
    const asked = `{ tasks(first: 1000) { nodes { ${fields} } } }`;
    const tasks = (await network.ask(asked, {}, offices)).data.tasks.nodes as Tree[];
    const { text } = await get('tasks.csv', offices);
    expect(parseCsv(text, { columns: true })).toEqual(
      tasks.map(({ since, dueOn, isOverdue, isRehearsal, isUncertain, group, visit, ...task }) => ({
        ...task,
        isOverdue: String(isOverdue),
        isRehearsal: String(isRehearsal),
        isUncertain: String(isUncertain),
        since: since ?? '',
        dueOn: dueOn ?? '',
        'group.id': group?.id ?? '',
        'visit.id': visit?.id ?? '',
      })),
    );
  });

  it('are for those who may read the tasks', async () => {
    for (const file of ['tasks.ics', 'tasks.atom', 'tasks.csv']) {
      expect((await get(file)).status).toBe(403);
      expect((await get(file, analyst)).status).toBe(403);
    }
  });
});
