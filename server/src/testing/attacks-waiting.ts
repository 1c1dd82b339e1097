/**
 * Attacks that cannot be tried yet, by the part of the product that brings what they are about. Whoever builds the part writes
 * the cases and takes its numbers out of here.
 */
export const attacksWaiting: Record<string, string> = {
  channels: '91 171 173 174 175 177 178 179 181 182 183 185 199 231',
  labels: '63 147 159 161 162',
  'live streams': '29',
  operations: '54 193 213 233',
  'order actions': '202 203',
  reports: '195',
  returns: '77',
}
