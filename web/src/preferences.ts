/** What a person chose about the page itself; kept in the browser, and by the server for the next device. */
export type PreferenceName = 'language' | 'theme' | 'density' | 'sidebar' | 'shortcuts'

export type Density = 'compact' | 'comfortable'

const key = (name: string) => `crossdock.${name}`

/** Browser storage that may be missing (private windows, policies): then a choice lasts as long as the page. */
export const preference = {
  read(name: PreferenceName): string | null {
    return readStored(key(name))
  },
  write(name: PreferenceName, value: string) {
    writeStored(key(name), value)
  },
}

export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function writeStored(name: string, value: string) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Nothing to do: the page works on without remembering.
  }
}
