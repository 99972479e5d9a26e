// Nothing is imported of libtorch, which is C++; the door, CLibTorch, includes its headers.
