/**
 * What the pages of job aids do on a device: go on one step at a time, remember what is
 * ticked, count a run (later, where there is no network) and keep the aid for when there is
 * none. Without it the pages still work. It stands by itself, so that they are light and
 * run from a copy; what it remembers is kept by person, and goes when they sign out.
 */

/** @typedef {{ version: number, run: string, way: number[], ticks: number[] }} Memory */
/** @typedef {{ aid: string, run: string, version: number, step: number, finished: boolean }} Untold */

const MOST_UNTOLD = 200;

/** @param {HTMLElement} page */
function start(page) {
	const { aid = '', person = '' } = page.dataset;
	const version = Number(page.dataset.version);
	const slot = `aid:${person}:${aid}`;
	/** @type {Memory | null} */
	const kept = read(slot);
	/** @type {Memory} */
	const memory = kept?.version === version ? kept : { version, run: newId(), way: [0], ticks: [] };
	const keep = () => write(slot, memory);

	tickBoxes(page, memory, keep);
	if (page.dataset.run !== undefined) runIn(page, aid, person, memory, keep);
	films(page);
	fillGaps(page);
	for (const button of all(document, 'button[data-print]')) {
		button.hidden = false;
		button.onclick = () => print();
	}
	addEventListener('keydown', (event) => {
		if (event.key !== 'k' || !(event.metaKey || event.ctrlKey)) return;
		const ask = document.querySelector('header input');
		if (!(ask instanceof HTMLElement)) return;
		event.preventDefault();
		ask.focus();
	});
	addEventListener('online', () => void tellAll(person));
	void tellAll(person);
	void keepForLater(aid, person);
}

/** @param {ParentNode} within @param {string} selector @returns {HTMLElement[]} */
const all = (within, selector) => [...within.querySelectorAll(/** @type {'div'} */ (selector))];

/**
 * Boxes show what is ticked, and the count beneath them how many.
 * @param {HTMLElement} page @param {Memory} memory @param {() => void} keep
 */
function tickBoxes(page, memory, keep) {
	const boxes = /** @type {HTMLInputElement[]} */ (all(page, 'input[data-tick]'));
	const show = () => {
		for (const box of boxes) box.checked = memory.ticks.includes(Number(box.dataset.tick));
		for (const count of all(page, '[data-ticked]')) {
			count.hidden = memory.ticks.length === 0;
			const words = count.querySelector('span');
			if (words) words.textContent = `${memory.ticks.length} of ${boxes.length} done`;
		}
	};
	page.addEventListener('change', ({ target }) => {
		if (!(target instanceof HTMLInputElement) || target.dataset.tick === undefined) return;
		const at = Number(target.dataset.tick);
		memory.ticks = target.checked ? [...new Set([...memory.ticks, at])] : memory.ticks.filter((one) => one !== at);
		keep();
		show();
	});
	for (const button of all(page, 'button[data-untick]'))
		button.onclick = () => {
			memory.ticks = [];
			keep();
			show();
		};
	page.addEventListener('aid:ticked', show);
	show();
}

/**
 * One card at a time: links lead on without a request, the back key leads back, and the run
 * goes on where it was left.
 * @param {HTMLElement} page @param {string} aid @param {string} person @param {Memory} memory @param {() => void} keep
 */
function runIn(page, aid, person, memory, keep) {
	const cards = all(page, '[data-card]');
	const done = all(page, '[data-done]')[0];
	const asked = new URLSearchParams(location.search).has('way') ? wayOf(location.search) : [];
	let way = (asked.length > 0 ? asked : memory.way).filter((at) => at < cards.length);
	if (way.length === 0) way = [0];
	/** How many steps of this page the back key can take back. */
	let depth = 0;
	history.replaceState({ way, depth }, '');
	const last = () => way[way.length - 1] ?? 0;

	/** @param {boolean} moved */
	function show(moved) {
		if (done) done.hidden = true;
		cards.forEach((card, at) => {
			card.hidden = at !== last();
			const back = card.querySelector('a');
			if (back?.dataset.back !== undefined) back.hidden = way.length < 2;
		});
		for (const film of /** @type {HTMLVideoElement[]} */ (all(page, 'video'))) seek(film, cards[last()]?.dataset.at);
		for (const field of /** @type {HTMLInputElement[]} */ (all(page, 'input[name=run]'))) field.value = memory.run;
		if (!moved) return;
		scrollTo(0, 0);
		cards[last()]?.focus();
	}

	/** @param {number[]} to */
	function go(to) {
		const on = to.length > way.length;
		if (on && page.dataset.kind === 'checklist' && !memory.ticks.includes(last())) {
			memory.ticks = [...memory.ticks, last()];
			page.dispatchEvent(new Event('aid:ticked'));
		}
		way = to;
		memory.way = to;
		keep();
		if (on) tell(person, { aid, run: memory.run, version: memory.version, step: last(), finished: false });
		show(true);
	}

	function finish() {
		tell(person, { aid, run: memory.run, version: memory.version, step: last(), finished: true });
		// The next run is another one.
		Object.assign(memory, { run: newId(), way: [0], ticks: [] });
		way = [0];
		keep();
		page.dispatchEvent(new Event('aid:ticked'));
		history.replaceState({ way, depth }, '', location.pathname);
		show(false);
		for (const card of cards) card.hidden = true;
		if (!done) return;
		done.hidden = false;
		done.focus();
	}

	page.addEventListener('click', (event) => {
		const link = event.target instanceof Element ? event.target.closest('a, button') : null;
		if (!(link instanceof HTMLElement)) return;
		const { to, back, again } = link.dataset;
		if (to !== undefined) {
			event.preventDefault();
			go([...way, Number(to)]);
			depth += 1;
			history.pushState({ way, depth }, '', `?way=${way.join('.')}`);
		} else if (back !== undefined) {
			event.preventDefault();
			// As the back key of the phone: the two must not lead to different places.
			if (depth > 0) return history.back();
			go(way.slice(0, -1));
			history.replaceState({ way, depth }, '', `?way=${way.join('.')}`);
		} else if (again !== undefined) show(true);
	});
	page.addEventListener('submit', (event) => {
		if (!(event.target instanceof HTMLFormElement)) return;
		if (event.target.dataset.finish !== undefined) {
			event.preventDefault();
			finish();
		} else if (!navigator.onLine) event.preventDefault();
	});
	addEventListener('popstate', ({ state }) => {
		depth = state?.depth ?? 0;
		go(Array.isArray(state?.way) ? state.way : wayOf(location.search));
	});
	addEventListener('keydown', ({ key, target }) => {
		if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || (done && !done.hidden)) return;
		const way = key === 'ArrowRight' ? '[data-forward]' : key === 'ArrowLeft' ? 'a[data-back]:not([hidden])' : '';
		const found = way && cards[last()]?.querySelector(way);
		if (found instanceof HTMLElement) found.click();
	});
	const network = () => {
		for (const note of all(page, '[data-offline]')) note.hidden = navigator.onLine;
		for (const button of /** @type {HTMLButtonElement[]} */ (all(page, 'button[data-stuck]'))) {
			button.disabled = !navigator.onLine;
			const words = button.querySelector('span');
			if (words) words.textContent = navigator.onLine ? 'Stuck here? Ask' : 'Stuck? Ask when there is a network again';
		}
	};
	addEventListener('online', network);
	addEventListener('offline', network);
	network();
	show(false);
}

/** `?way=0.1.4` @param {string} search */
const wayOf = (search) =>
	(new URLSearchParams(search).get('way') ?? '0')
		.split('.')
		.map(Number)
		.filter((at) => Number.isInteger(at) && at >= 0);

/** @param {HTMLVideoElement} film @param {string | undefined} at */
function seek(film, at) {
	if (at !== undefined && Number.isFinite(Number(at))) film.currentTime = Number(at);
}

/** Times beside steps lead to their place in the film. @param {HTMLElement} page */
function films(page) {
	const film = page.querySelector('video');
	for (const link of all(page, 'a[data-seek]'))
		link.onclick = (event) => {
			if (!film) return;
			event.preventDefault();
			seek(film, link.dataset.seek);
			film.scrollIntoView({ block: 'center' });
			void film.play();
		};
}

/** A template's gaps: filled in here, sent nowhere. @param {HTMLElement} page */
function fillGaps(page) {
	const area = page.querySelector('textarea');
	const copy = all(page, 'button[data-copy]')[0];
	if (!area || !copy) return;
	const text = area.defaultValue;
	const gaps = /** @type {HTMLInputElement[]} */ (all(page, 'input[data-gap]'));
	for (const part of all(page, '[data-gaps]')) part.hidden = false;
	copy.hidden = false;
	const fill = () => {
		const given = new Map(gaps.map((gap) => [gap.dataset.gap, gap.value]));
		area.value = text.replace(/\{\{([^{}\n]{1,60})\}\}/g, (whole, name) => given.get(name.trim()) || whole);
		copy.textContent = 'Copy the text';
	};
	for (const gap of gaps) gap.oninput = fill;
	copy.onclick = async () => {
		area.select();
		try {
			await navigator.clipboard.writeText(area.value);
			copy.textContent = 'Copied';
		} catch {
			// Not allowed here: it is selected, and can be copied by hand.
		}
	};
}

/** Tells how far a run is: now, or when there is a network again. @param {string} person @param {Untold} word */
function tell(person, word) {
	const waiting = untold(person).filter(({ run }) => run !== word.run);
	write(`aid-runs:${person}`, [...waiting, word].slice(-MOST_UNTOLD));
	void tellAll(person);
}

/** @param {string} person @returns {Untold[]} */
const untold = (person) => read(`aid-runs:${person}`) ?? [];
let telling = false;

/** What the server refuses is dropped; what it did not get is kept. @param {string} person */
async function tellAll(person) {
	if (telling || !navigator.onLine) return;
	telling = true;
	try {
		for (let [first] = untold(person); first; [first] = untold(person)) {
			const { aid, run, ...progress } = first;
			if (!(await put(`/api/v1/aids/${aid}/runs/${run}`, progress))) break;
			// It may have gone on meanwhile: only what was sent is told.
			const sent = JSON.stringify(first);
			write(
				`aid-runs:${person}`,
				untold(person).filter((one) => JSON.stringify(one) !== sent)
			);
		}
	} finally {
		telling = false;
	}
}

/** @param {string} address @param {object} body */
async function put(address, body) {
	try {
		const headers = { 'content-type': 'application/json' };
		const { status } = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body), keepalive: true });
		return status < 500 && status !== 401 && status !== 429;
	} catch {
		return false;
	}
}

/**
 * Has the worker keep the aid. Its scope is the aids alone; who the person is travels with
 * each word, and another one's copies are deleted.
 * @param {string} aid @param {string} person
 */
async function keepForLater(aid, person) {
	try {
		await navigator.serviceWorker.register('/service-worker.js', { scope: '/aids/' });
		const { active } = await navigator.serviceWorker.ready;
		active?.postMessage({ keep: `/aids/${aid}/run`, person });
	} catch {
		// Not allowed here (no secure connection, a private window): then it needs the network.
	}
}

/** An id for a run, also where the page is not served securely. */
function newId() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

/** @param {string} key */
function read(key) {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null');
	} catch {
		return null;
	}
}

/** @param {string} key @param {unknown} value */
function write(key, value) {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// No room, or not allowed: then it is not remembered.
	}
}

const page = /** @type {HTMLElement | null} */ (document.querySelector('[data-aid]'));
if (page) start(page);
