/** Deletes all copies of job aids on this device: nobody is signed in here any more. See static/aids/device.js. */
export async function forgetOffline(): Promise<void> {
	try {
		const names = await caches.keys();
		await Promise.all(names.filter((name) => name.startsWith('aids:')).map((name) => caches.delete(name)));
	} catch {
		// Without a cache there is nothing to delete.
	}
}
