import type { tokens } from '@hub/shared/identity';
import ICAL from 'ical.js';
import { expect } from 'vitest';
import { createToken, type Answer, type Asker, type Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn, type Input } from '../../network/run-programme.js';

/** What is done on a day, in a sentence that begins with whoever does it. */
export type Step = readonly [day: string, sentence: string, act: (story: Story) => Promise<void>];

export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A co-ordinator of an organisation (`fi`), somebody else of it (`fi liaison`), or nobody in particular. */
export type Who = string;

/** How a mutation is refused, as far as the contract says. */
interface Refusal {
  readonly code?: string;
  readonly rule?: string;
  readonly situation?: string;
  readonly argument?: string;
  readonly currentVersion?: number;
  readonly partner?: string;
  readonly id?: string;
}

function askerOf(who: Who): Asker | undefined {
  if (who === 'anonymous') return undefined;
  const [organisation = '', role = 'coordinator'] = who.split(' ');
  return { organisation, role: role as tokens.Role };
}

/** An event of a calendar file, as a calendar program reads it. */
interface CalendarEntry {
  readonly status: unknown;
  readonly sequence: number;
}

/** The day of the story. Each step is two minutes after the one before, so that no remembered fact is left. */
function createCalendar() {
  let now = 0;
  return {
    clock: () => new Date(now),
    turnTo(day: string) {
      const morning = Date.parse(`${day}T08:00:00Z`);
      if (morning < now && !new Date(now).toISOString().startsWith(day))
        throw new Error(`The story goes back to ${day}.`);
      now = Math.max(morning, now + 120_000);
    },
  };
}

/** A programme that ten organisations run: what they did, and how they are asked about it. */
export class Story implements AsyncDisposable {
  readonly #names = new Map<string, string>();
  /** How many steps were taken. */
  steps = 0;

  private constructor(
    readonly network: OpenNetwork,
    readonly calendar: ReturnType<typeof createCalendar>,
  ) {}

  static async open(firstDay: string): Promise<Story> {
    const calendar = createCalendar();
    calendar.turnTo(firstDay);
    const { clock } = calendar;
    // Long: no step may depend on how busy the machine is.
    const network = await openNetwork('facts', { isGuarded: true, clock, deadlineMs: 120_000 });
    return new Story(network, calendar);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.network[Symbol.asyncDispose]();
  }

  /** Takes the steps of a chapter in their order. */
  async tell({ title, steps }: Chapter): Promise<void> {
    for (const [day, sentence, act] of steps) {
      this.calendar.turnTo(day);
      this.steps += 1;
      try {
        await act(this);
      } catch (error) {
        throw new Error(`${title}, ${day}: ${sentence}`, { cause: error });
      }
    }
  }

  keep(name: string, id: string): string {
    this.#names.set(name, id);
    return id;
  }

  /** The id of what the story calls by this name. */
  of(name: string): string {
    const id = this.#names.get(name);
    if (id === undefined) throw new Error(`The story knows no “${name}”.`);
    return id;
  }

  /** Does what has to succeed. */
  async done(who: Who, mutation: string, input: Input, selection?: string): Promise<Tree> {
    const { organisation = '', role } = askerOf(who) ?? {};
    return runIn(this.network, role).done(organisation, mutation, input, selection);
  }

  /** Tries what has to be refused, and changes nothing. */
  async refused(who: Who, mutation: string, input: Input, refusal: Refusal): Promise<void> {
    const { organisation = '', role } = askerOf(who) ?? {};
    const { payload, answer } = await runIn(this.network, role).call(organisation, mutation, input);
    expect(payload).toBeNull();
    const code = refusal.rule === undefined ? {} : { code: 'RULE_VIOLATED' };
    expect(answer.errors).toMatchObject([{ extensions: { ...code, ...refusal } }]);
  }

  /** Adds the version of a record as it is. */
  async now(field: string, id: string, input: Input): Promise<Input> {
    return { ...input, version: await runIn(this.network).versionOf(field, id) };
  }

  ask(who: Who, query: string, variables: Input = {}): Promise<Answer> {
    return this.network.ask(query, variables, askerOf(who));
  }

  /** Reads one record of a root field, without any error. */
  async read(who: Who, field: string, id: string, selection: string): Promise<Tree> {
    const query = `query ($id: ID!) { one: ${field}(id: $id) { ${selection} } }`;
    const { data, errors } = await this.ask(who, query, { id });
    expect(errors).toBeUndefined();
    return data.one;
  }

  /** What a reader gets of one field of a record: its value, or the code that stands for it. */
  async see(who: Who, field: string, id: string, selection: string): Promise<unknown> {
    const query = `query ($id: ID!) { one: ${field}(id: $id) { it: ${selection} } }`;
    const { data, errors = [] } = await this.ask(who, query, { id });
    return errors[0]?.extensions.code ?? data.one.it;
  }

  /** Each reader may read a field, or may not. */
  async expectReaders(
    [field, id, selection]: readonly [field: string, id: string, selection: string],
    readers: { readonly may: readonly Who[]; readonly mayNot: readonly Who[] },
  ): Promise<void> {
    for (const who of readers.may)
      expect(await this.see(who, field, id, selection), who).not.toBe('FORBIDDEN');
    for (const who of readers.mayNot)
      expect(await this.see(who, field, id, selection), who).toBe('FORBIDDEN');
  }

  async warnings(group: string): Promise<string[]> {
    const { warnings } = await this.read('nbnp', 'group', group, 'warnings { message }');
    return (warnings as { message: string }[]).map(({ message }) => message);
  }

  /** What waits for an organisation besides what is still to plan: kind and subject. */
  async tasksOf(who: Who): Promise<string[]> {
    const all = await this.allTasksOf(who);
    return all.filter((task) => !/^(NOMINATE|PLAN_VISIT|ADD_STOP) /.test(task));
  }

  /** The same with the people, visits and stops that are still to plan. */
  async allTasksOf(who: Who): Promise<string[]> {
    const { data, errors } = await this.ask(
      who,
      '{ tasks(first: 500) { nodes { kind subject } } }',
    );
    expect(errors).toBeUndefined();
    return (data.tasks.nodes as Tree[]).map(({ kind, subject }) => `${kind} ${subject}`);
  }

  /** Something waits for an organisation until it is done. */
  async finish<Result>(who: Who, task: string, act: () => Promise<Result>): Promise<Result> {
    expect(await this.tasksOf(who)).toContain(task);
    const result = await act();
    expect(await this.tasksOf(who)).not.toContain(task);
    return result;
  }

  /** A file of the hub, as somebody downloads it. */
  async download(who: Who, path: string): Promise<string> {
    const asker = askerOf(who);
    const authorization = asker && `Bearer ${await createToken(this.network.keys, asker)}`;
    const url = new URL(`/export/${path}`, this.network.hubUrl);
    const response = await fetch(url, { headers: { ...(authorization && { authorization }) } });
    expect(response.status).toBe(200);
    return response.text();
  }

  /** The calendar of a visit: each stop by its id. */
  async calendarOf(who: Who, visit: string): Promise<ReadonlyMap<string, CalendarEntry>> {
    const text = await this.download(who, `itinerary.ics?id=${visit}`);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    return new Map(
      events.map((event) => [
        String(event.getFirstPropertyValue('uid')).replace(/@.*/, ''),
        {
          status: event.getFirstPropertyValue('status'),
          sequence: Number(event.getFirstPropertyValue('sequence')),
        },
      ]),
    );
  }
}
