//go:build !purego

#include "textflag.h"

// STORE writes one row of a tile, lo and hi, and moves DX to the next row.
// Y12, Y13 hold the scales and Y14, Y15 the bias of the 16 columns.
#define STORE(lo, hi) \
	VFMADD213PS Y14, Y12, lo \
	VFMADD213PS Y15, Y13, hi \
	VMOVUPS     lo, (DX)     \
	VMOVUPS     hi, 32(DX)   \
	ADDQ        R10, DX

// func tileAVX2(out *float32, m int, x *float32, k int, w *byte, scale, bias *float32)
//
// 6 rows by 16 columns fill twelve accumulators; two registers are left for
// the weights, widened from int8 as they are read, and two for x. Reading int8
// is what makes this faster than a float32 kernel: a quarter of the memory.
TEXT ·tileAVX2(SB), NOSPLIT, $0-56
	MOVQ   out+0(FP), DX
	MOVQ   m+8(FP), R10
	MOVQ   x+16(FP), SI
	MOVQ   k+24(FP), CX
	MOVQ   w+32(FP), DI
	SHLQ   $2, R10           // bytes from row to row of out
	LEAQ   (CX*4), R8        // bytes from row to row of x
	LEAQ   (SI)(R8*1), R9    // row 1
	LEAQ   (SI)(R8*2), R11   // row 2
	LEAQ   (R9)(R8*2), R12   // row 3
	LEAQ   (SI)(R8*4), R13   // row 4
	LEAQ   (R9)(R8*4), BX    // row 5
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11
	XORQ   AX, AX

loop:
	VPMOVSXBD    (DI), Y12
	VPMOVSXBD    8(DI), Y13
	VCVTDQ2PS    Y12, Y12
	VCVTDQ2PS    Y13, Y13
	VBROADCASTSS (SI)(AX*4), Y14
	VBROADCASTSS (R9)(AX*4), Y15
	VFMADD231PS  Y12, Y14, Y0
	VFMADD231PS  Y13, Y14, Y1
	VFMADD231PS  Y12, Y15, Y2
	VFMADD231PS  Y13, Y15, Y3
	VBROADCASTSS (R11)(AX*4), Y14
	VBROADCASTSS (R12)(AX*4), Y15
	VFMADD231PS  Y12, Y14, Y4
	VFMADD231PS  Y13, Y14, Y5
	VFMADD231PS  Y12, Y15, Y6
	VFMADD231PS  Y13, Y15, Y7
	VBROADCASTSS (R13)(AX*4), Y14
	VBROADCASTSS (BX)(AX*4), Y15
	VFMADD231PS  Y12, Y14, Y8
	VFMADD231PS  Y13, Y14, Y9
	VFMADD231PS  Y12, Y15, Y10
	VFMADD231PS  Y13, Y15, Y11
	ADDQ         $16, DI
	INCQ         AX
	CMPQ         AX, CX
	JLT          loop

	MOVQ    scale+40(FP), SI
	MOVQ    bias+48(FP), DI
	VMOVUPS (SI), Y12
	VMOVUPS 32(SI), Y13
	VMOVUPS (DI), Y14
	VMOVUPS 32(DI), Y15
	STORE(Y0, Y1)
	STORE(Y2, Y3)
	STORE(Y4, Y5)
	STORE(Y6, Y7)
	STORE(Y8, Y9)
	STORE(Y10, Y11)
	VZEROUPPER
	RET

// func dotAVX2(a, b *int8) int32
//
// 512 numbers, 32 in each of 16 rounds. A pair of products is at most
// 2·128·128, and 32 such pairs are added in each lane: no overflow.
TEXT ·dotAVX2(SB), NOSPLIT, $0-20
	MOVQ  a+0(FP), SI
	MOVQ  b+8(FP), DI
	MOVQ  $16, CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1

loop:
	VPMOVSXBW (SI), Y2
	VPMOVSXBW 16(SI), Y3
	VPMOVSXBW (DI), Y4
	VPMOVSXBW 16(DI), Y5
	VPMADDWD  Y2, Y4, Y4
	VPMADDWD  Y3, Y5, Y5
	VPADDD    Y4, Y0, Y0
	VPADDD    Y5, Y1, Y1
	ADDQ      $32, SI
	ADDQ      $32, DI
	DECQ      CX
	JNZ       loop

	VPADDD       Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0x4E, X0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0xB1, X0, X1
	VPADDD       X1, X0, X0
	VMOVD        X0, AX
	VZEROUPPER
	MOVL         AX, ret+16(FP)
	RET
