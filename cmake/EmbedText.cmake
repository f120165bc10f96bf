# SPDX-License-Identifier: Apache-2.0
# sluice_embed(TARGET FILE SYMBOL): the bytes of FILE as `extern const char SYMBOL[]` and `extern const std::size_t
# SYMBOL_size`, by way of the assembler: no quoting, no limit, no compile time.
function(sluice_embed target file symbol)
  set(source ${CMAKE_BINARY_DIR}/generated/${symbol}.S)
  file(WRITE ${source}.tmp
"    .section .rodata
    .global ${symbol}
    .global ${symbol}_size
    .balign 64
${symbol}:
    .incbin \"${file}\"
.L${symbol}_end:
    .byte 0
    .balign 8
${symbol}_size:
    .quad .L${symbol}_end - ${symbol}
    .section .note.GNU-stack,\"\",%progbits
")
  file(COPY_FILE ${source}.tmp ${source} ONLY_IF_DIFFERENT)
  set_source_files_properties(${source} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
endfunction()
