# find_package(andmu) gives the target andmu::andmu. Relocatable: it finds the library beside itself.
get_filename_component(_andmu_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET andmu::andmu)
  add_library(andmu::andmu SHARED IMPORTED)
  set_target_properties(andmu::andmu PROPERTIES
    IMPORTED_LOCATION "${_andmu_prefix}/lib/libandmu.so.1"
    IMPORTED_SONAME "libandmu.so.1"
    INTERFACE_INCLUDE_DIRECTORIES "${_andmu_prefix}/include")
endif()
unset(_andmu_prefix)
