import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { isDone } from '../by-keyboard.js';
import { findBarriers } from '../find-barriers.js';
import { openPage, settled, type WatchedPage } from '../open-browser.js';

/** No page of the walk has more controls. */
const mostTabs = 400;

type Name = string | RegExp;

/**
 * Somebody who has a keyboard alone: goes by Tab to what has to be used next, types, and looks at each
 * page that is new to the walk with axe.
 */
export class Walker implements AsyncDisposable {
  readonly #opened: WatchedPage;

  private constructor(
    opened: WatchedPage,
    /** The states that anybody of the walk has seen. */
    readonly seen: Set<string>,
  ) {
    this.#opened = opened;
  }

  /** Opens a page of the hub in a browser of her own. */
  static async open(browser: Browser, url: URL, seen: Set<string>): Promise<Walker> {
    const walker = new Walker(await openPage(browser, url), seen);
    await settled(walker.page);
    return walker;
  }

  get page(): Page {
    return this.#opened.page;
  }

  get faults(): readonly string[] {
    return this.#opened.faults;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#opened[Symbol.asyncDispose]();
  }

  /** Goes on with Tab until a control has the focus, or one inside. */
  async reach(control: Locator): Promise<void> {
    await control.waitFor();
    // Roles are looked up once: a page with many controls takes long for them.
    const element = await control.elementHandle();
    const hasFocus = () => element?.evaluate((one) => one.contains(document.activeElement));
    for (let tabs = 0; !(await hasFocus()); tabs += 1) {
      if (tabs === mostTabs) throw new Error(`${this.page.url()}: no Tab reaches ${control}`);
      await this.page.keyboard.press('Tab');
    }
  }

  /** Waits for what has changed, and looks for barriers where nobody has looked yet. */
  async look(): Promise<void> {
    await settled(this.page);
    const { pathname, searchParams } = new URL(this.page.url());
    const heading = await this.page.getByRole('heading').first().textContent();
    const state = `${pathname} ${searchParams.get('form')} ${heading}`;
    if (this.seen.has(state)) return;
    this.seen.add(state);
    expect(await findBarriers(this.page), state).toEqual([]);
  }

  async use(role: 'link' | 'button', name: Name, within = this.page.getByRole('main')) {
    await this.reach(within.getByRole(role, { name }).first());
    await this.page.keyboard.press('Enter');
    await this.look();
  }

  /** Presses the button of a form, and reads what was done. */
  async send(button: Name, done: string): Promise<void> {
    await this.use('button', button);
    await isDone(this.page, done);
  }

  /** Opens a page of the header. */
  async go(name: string): Promise<void> {
    await this.use('link', name, this.page.getByRole('banner'));
  }

  async type(label: Name, text: string): Promise<void> {
    await this.reach(this.page.getByRole('main').getByLabel(label).first());
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** Types the parts of a day; some may stay empty. */
  async date(label: Name, [year, month = '', day = '']: readonly string[]): Promise<void> {
    const field = this.page.getByRole('group', { name: label });
    for (const [part, text] of [
      ['Day', day],
      ['Month', month],
      ['Year', year ?? ''],
    ] as const) {
      await this.reach(field.getByLabel(part));
      await this.page.keyboard.press('ControlOrMeta+a');
      await this.page.keyboard.type(text);
    }
  }

  /** Ticks a box. */
  async tick(group: Name, label: Name): Promise<void> {
    const box = this.page.getByRole('group', { name: group }).getByLabel(label).first();
    await this.reach(box);
    await this.page.keyboard.press('Space');
    expect(await box.isChecked()).toBe(true);
  }

  /** Chooses one of a few with the arrows; without a label, the first. Returns its label. */
  async pick(group: Name, label?: Name): Promise<string> {
    const field = this.page.getByRole('group', { name: group });
    const radio = label === undefined ? field.getByRole('radio').first() : field.getByLabel(label);
    await this.reach(field);
    for (let presses = 0; !(await radio.isChecked()); presses += 1) {
      if (presses > 20) throw new Error(`No arrow chooses ${String(label)}`);
      const hasFocus = await radio.evaluate((one) => one === document.activeElement);
      await this.page.keyboard.press(hasFocus ? 'Space' : 'ArrowDown');
    }
    return (await radio.locator('xpath=..').innerText()).trim();
  }

  /** Chooses by name from many: types letters, and takes the first that has them. */
  async find(label: Name, letters: string): Promise<string> {
    const control = this.page.getByRole('combobox', { name: label });
    await this.reach(control);
    await this.page.keyboard.type(letters);
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    return control.inputValue();
  }

  /** Chooses a person, from a few or from many. Returns the name. */
  async choosePerson(label: string): Promise<string> {
    const areFew = (await this.page.getByRole('group', { name: label }).count()) > 0;
    return areFew ? this.pick(label) : this.find(label, '');
  }

  /** Chooses a value of a list that shows one at a time. */
  async select(list: Locator, value: string): Promise<void> {
    await this.reach(list);
    for (const key of ['ArrowDown', 'ArrowUp'])
      for (let presses = 0; presses < 25; presses += 1) {
        if ((await list.inputValue()) === value) return;
        await this.page.keyboard.press(key);
      }
    throw new Error(`No arrow chooses ${value}`);
  }

  async signIn(organisation: string, role: string): Promise<void> {
    await this.use('button', 'Sign in', this.page.getByRole('banner'));
    const dialog = this.page.getByRole('dialog');
    await this.select(dialog.locator('select[name=organisation]'), organisation);
    await this.select(dialog.locator('select[name=role]'), role);
    await this.reach(dialog.getByRole('button', { name: 'Sign in for a trial' }));
    await this.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await this.look();
  }
}
