//! The boards in QEMU: how a program starts, prints and ends on each.

#[doc(hidden)]
#[cfg(target_arch = "arm")]
pub use cortex_m_rt as runtime;
#[doc(hidden)]
#[cfg(target_arch = "riscv32")]
pub use riscv_rt as runtime;

/// The first function of a program: gives whether all went well, which becomes the exit code.
#[macro_export]
macro_rules! start {
    ($main:path) => {
        #[unsafe(no_mangle)]
        extern "C" fn device_main() -> ! {
            $crate::board::exit($main())
        }

        #[cfg(target_arch = "arm")]
        use $crate::board::runtime as cortex_m_rt;
        #[cfg(target_arch = "riscv32")]
        use $crate::board::runtime as riscv_rt;

        #[cfg_attr(target_arch = "arm", cortex_m_rt::entry)]
        #[cfg_attr(target_arch = "riscv32", riscv_rt::entry)]
        fn entry() -> ! {
            device_main()
        }
    };
}

/// Ends the program.
pub fn exit(success: bool) -> ! {
    semihosting::process::exit(if success { 0 } else { 1 })
}
