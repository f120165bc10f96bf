# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the executables of users, their completions where bash, zsh and fish look for them, manual pages,
# licence and README. What is generated from sources or generates them (sluice-dev, sluice-rulec) stays in the build.
include(GNUInstallDirs)

get_property(installed GLOBAL PROPERTY SLUICE_TOOLS)
list(REMOVE_ITEM installed sluice-dev)
install(TARGETS ${installed} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# The image takes this component alone: one executable and its names.
install(PROGRAMS $<TARGET_FILE:multicall> RENAME sluice DESTINATION ${CMAKE_INSTALL_BINDIR}
  COMPONENT image EXCLUDE_FROM_ALL)
foreach(tool IN LISTS installed)
  if(NOT tool STREQUAL sluice)
    install(CODE "file(CREATE_LINK sluice \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/${tool}\" SYMBOLIC)"
      COMPONENT image EXCLUDE_FROM_ALL)
  endif()
endforeach()

# bash and fish load a command's completions from a file of the command's name; one file of ours serves all of them.
foreach(tool IN LISTS installed)
  install(FILES completions/sluice.bash RENAME ${tool}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES completions/sluice.fish RENAME ${tool}.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()
install(FILES completions/_sluice DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)

file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/man/*.1)
install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
