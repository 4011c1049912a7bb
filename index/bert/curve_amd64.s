//go:build !purego

#include "textflag.h"

// In the tables of geluAVX2 and softmaxAVX2 each constant fills a vector; they
// are made from the constants of kernel_go.go, see curveTable.

// func geluAVX2(x *float32, n int, table *[8]float32)
TEXT ·geluAVX2(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ table+16(FP), DX

loop:
	VMOVUPS (DX), Y0           // -phiEnd
	VMAXPS  (SI), Y0, Y0
	VMINPS  32(DX), Y0, Y1     // phiEnd
	VMULPS  Y1, Y1, Y2         // t
	VMULPS  96(DX), Y2, Y3     // phiP, from its last
	VADDPS  128(DX), Y3, Y3
	VMULPS  Y2, Y3, Y3
	VADDPS  160(DX), Y3, Y3
	VMULPS  Y2, Y3, Y3
	VADDPS  192(DX), Y3, Y3
	VMULPS  Y2, Y3, Y3
	VADDPS  224(DX), Y3, Y3
	VMULPS  Y2, Y3, Y3
	VADDPS  256(DX), Y3, Y3
	VMULPS  288(DX), Y2, Y4    // phiQ, from its last
	VADDPS  320(DX), Y4, Y4
	VMULPS  Y2, Y4, Y4
	VADDPS  352(DX), Y4, Y4
	VMULPS  Y2, Y4, Y4
	VADDPS  384(DX), Y4, Y4
	VMULPS  Y2, Y4, Y4
	VADDPS  416(DX), Y4, Y4
	VMULPS  Y1, Y3, Y3
	VDIVPS  Y4, Y3, Y3
	VADDPS  64(DX), Y3, Y3     // 1/2
	VMULPS  Y0, Y3, Y3
	VMOVUPS Y3, (SI)
	ADDQ    $32, SI
	SUBQ    $8, CX
	JGT     loop
	VZEROUPPER
	RET

// func softmaxAVX2(x *float32, n int, table *[8]float32)
TEXT ·softmaxAVX2(SB), NOSPLIT, $0-24
	MOVQ    x+0(FP), SI
	MOVQ    n+8(FP), CX
	MOVQ    table+16(FP), DX
	VMOVUPS (SI), Y0
	MOVQ    SI, DI
	MOVQ    CX, AX

top:
	VMAXPS (DI), Y0, Y0
	ADDQ   $32, DI
	SUBQ   $8, AX
	JGT    top

	VPERM2F128 $1, Y0, Y0, Y1
	VMAXPS     Y1, Y0, Y0
	VPERMILPS  $0x4e, Y0, Y1
	VMAXPS     Y1, Y0, Y0
	VPERMILPS  $0xb1, Y0, Y1
	VMAXPS     Y1, Y0, Y0      // the greatest, in all lanes
	VXORPS     Y1, Y1, Y1      // the sum
	MOVQ       SI, DI
	MOVQ       CX, AX

loop:
	VMOVUPS (DI), Y2
	VSUBPS  Y0, Y2, Y2
	VMOVUPS (DX), Y3           // expLow
	VCMPPS  $13, Y3, Y2, Y3    // Y2 is not below, nor NaN
	VMULPS  32(DX), Y2, Y4     // log2e
	VADDPS  64(DX), Y4, Y4     // magic
	VSUBPS  64(DX), Y4, Y5     // n
	VMULPS  96(DX), Y5, Y6     // ln2Hi
	VSUBPS  Y6, Y2, Y2
	VMULPS  128(DX), Y5, Y6    // ln2Lo
	VSUBPS  Y6, Y2, Y2         // r
	VMULPS  160(DX), Y2, Y5    // expP, from its last
	VADDPS  192(DX), Y5, Y5
	VMULPS  Y2, Y5, Y5
	VADDPS  224(DX), Y5, Y5
	VMULPS  Y2, Y5, Y5
	VADDPS  256(DX), Y5, Y5
	VMULPS  Y2, Y2, Y6
	VMULPS  Y6, Y5, Y5
	VADDPS  Y2, Y5, Y5
	VADDPS  288(DX), Y5, Y5    // 1
	VPSLLD  $23, Y4, Y4
	VPADDD  Y4, Y5, Y5
	VANDPS  Y3, Y5, Y5
	VMOVUPS Y5, (DI)
	VADDPS  Y5, Y1, Y1
	ADDQ    $32, DI
	SUBQ    $8, AX
	JGT     loop

	VEXTRACTF128 $1, Y1, X2
	VADDPS       X2, X1, X1
	VMOVHLPS     X1, X1, X2
	VADDPS       X2, X1, X1
	VMOVSHDUP    X1, X2
	VADDSS       X2, X1, X1
	VMOVSS       288(DX), X2
	VDIVSS       X1, X2, X2
	VBROADCASTSS X2, Y2

divide:
	VMULPS  (SI), Y2, Y0
	VMOVUPS Y0, (SI)
	ADDQ    $32, SI
	SUBQ    $8, CX
	JGT     divide
	VZEROUPPER
	RET
