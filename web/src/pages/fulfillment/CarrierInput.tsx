import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'
import { carriers } from './carriers.ts'

/** Carriers are offered while typing; any name may be typed. */
export function CarrierInput(props: TextInputProps) {
  const list = useId()
  return (
    <>
      <TextInput {...props} list={list} maxLength={60} />
      <datalist id={list}>
        {carriers.map((carrier) => (
          <option key={carrier} value={carrier} />
        ))}
      </datalist>
    </>
  )
}
