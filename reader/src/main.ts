/** Wires the reader: the custom element takes the page that the server wrote and turns it into the reader. */

import './stage/stage.css';

import { parsePlace } from './book/address';
import { articleOf } from './book/articles';
import { makeBook } from './book/book';
import { createClient, fetchManifest, GoneError } from './client/client';
import { followBuild } from './client/growing';
import type { Manifest } from './contract/manifest';
import { afterNextFrame, calm } from './store/calm';
import { Stage, type FirstPicture } from './stage/stage';
import { mountKeys } from './stage/keys';
import { mountSelecting } from './stage/selecting';
import type { Slots } from './store/context';
import { mountHistory } from './store/history';
import { createStore, initialState } from './store/store';
import { chosenLanguage, loadStrings } from './strings';
import { mountInterface } from './ui/mount';
import { mountStates } from './ui/states';

class MastheadReader extends HTMLElement {
  private started = false;

  connectedCallback(): void {
    if (this.started) return;
    this.started = true;
    this.settleAddresses();
    void this.start();
  }

  private async start(): Promise<void> {
    const address = this.getAttribute('manifest') ?? 'manifest.json';
    const styles = this.styles();
    let manifest: Manifest;
    try {
      manifest = await fetchManifest(address);
    } catch (error) {
      await styles;
      return await this.refuse(error instanceof GoneError ? 'gone' : 'failed');
    }
    await styles;
    this.enhance(manifest, address);
  }

  /** Addresses in a folder of files are relative: they are made whole before the document's own address changes. */
  private settleAddresses(): void {
    for (const name of ['manifest', 'home', 'strings', 'source', 'archive', 'overlays', 'share', 'comments', 'cart', 'offline', 'styles']) {
      const given = this.getAttribute(name);
      if (!given) continue;
      const whole = given.split(' ').map((address) => new URL(address, document.baseURI));
      this.setAttribute(name, whole.map((address) => (name === 'home' ? address.pathname : address.href)).join(' '));
    }
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')) link.setAttribute('href', link.href);
  }

  /** Styles come with the script, not before the first picture. */
  private styles(): Promise<unknown> {
    const wanted = (this.getAttribute('styles') ?? '').split(' ').filter(Boolean);
    return Promise.all(
      wanted.map(
        (href) =>
          new Promise((resolve) => {
            const link = document.createElement('link');
            link.rel = 'stylesheet';
            link.href = href;
            link.onload = link.onerror = resolve;
            document.head.append(link);
          }),
      ),
    );
  }

  private enhance(manifest: Manifest, address: string): void {
    const home = this.getAttribute('home') ?? '/';
    const bound = this.getAttribute('direction');
    const book = makeBook(bound === 'ltr' || bound === 'rtl' ? { ...manifest, direction: bound } : manifest);
    const place = parsePlace(location, home);
    const page = book.page(place.page === 1 ? Number(this.getAttribute('page')) || 1 : place.page).number;
    const article = articleOf(manifest, place.article)?.slug ?? '';
    const store = createStore({ page, query: place.query, article, block: place.block, online: navigator.onLine && !this.hasAttribute('data-kept') }, book);
    const client = createClient(address, manifest, this.getAttribute('tiles'), this.getAttribute('overlays'));
    const frame = [...this.children];
    const { slots, stageHost } = this.shell();
    const context = { element: this as HTMLElement, book, store, client, home };
    const stage = new Stage(context, stageHost, this.firstPicture(page));
    // An article that the server wrote stays until the article view takes it over.
    if (article) this.dataset.article = '';
    else frame.forEach((part) => part.remove());
    this.dataset.ready = '';
    mountKeys(context, stage);
    mountHistory(store, book, home, afterNextFrame);
    mountSelecting(stageHost, store);
    addEventListener('online', () => store.dispatch({ type: 'online', online: true }));
    addEventListener('offline', () => store.dispatch({ type: 'online', online: false }));
    store.dispatch({ type: 'status', status: 'ready' });
    void mountInterface({ ...context, stage, slots });
    const counting = this.getAttribute('counting');
    if (counting) void calm.slice().then(() => import('./features/counting/counting')).then(({ count }) => count({ ...context, stage, slots }, counting));
    void followBuild(address, manifest, () => stage.renew());
  }

  /** The picture that the server's HTML already shows. */
  private firstPicture(page: number): FirstPicture | null {
    const image = this.querySelector<HTMLImageElement>('.frame-picture');
    const shown = this.querySelector<HTMLElement>('.frame-page')?.dataset.page;
    const nominal = Number(/\/(\d+)\/\d+\.\w+$/.exec(image?.getAttribute('src') ?? '')?.[1]);
    return image && Number(shown) === page && nominal ? { image, nominal } : null;
  }

  private shell(): { slots: Slots; stageHost: HTMLElement } {
    const part = (name: string, tag = 'div'): HTMLElement => {
      const made = document.createElement(tag);
      made.className = name;
      return made;
    };
    const shell = part('reader-shell');
    const toolbar = part('reader-toolbar', 'header');
    const stageHost = part('reader-stage', 'main');
    stageHost.tabIndex = -1;
    stageHost.id = 'reader-stage';
    const panel = part('reader-panel');
    const footer = part('reader-footer', 'footer');
    const live = part('reader-live');
    live.setAttribute('aria-live', 'polite');
    shell.append(toolbar, stageHost, panel, footer, live);
    this.append(shell);
    return { slots: { toolbar, footer, panel, live }, stageHost };
  }

  /** No edition to show: the interface says what happened; the page that the server wrote stays below it. */
  private async refuse(status: 'gone' | 'failed'): Promise<void> {
    await loadStrings(this.getAttribute('strings'), chosenLanguage(this.getAttribute('language') ?? 'en'));
    const states = mountStates({ element: this });
    states.update({ ...initialState, status });
    this.append(states.part);
    this.dataset.refused = status;
  }
}

customElements.define('masthead-reader', MastheadReader);
