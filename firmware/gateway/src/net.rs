//! TCP connections to the host, with `smoltcp`, over QEMU's network card. No heap: all memory is static, and taken once.

use core::ptr::{self, NonNull};
use core::time::Duration;

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet, SocketStorage};
use smoltcp::phy::{self, DeviceCapabilities, Medium};
use smoltcp::socket::tcp::{Socket, SocketBuffer};
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, HardwareAddress, IpAddress, IpCidr};
use virtio_drivers::device::net::VirtIONetRaw;
use virtio_drivers::transport::mmio::{MmioTransport, VirtIOHeader};
use virtio_drivers::transport::{DeviceType, Transport};
use virtio_drivers::{BufferDirection, Hal, PAGE_SIZE, PhysAddr};

use crate::board;

/// QEMU's user network: this machine, and the host's loopback.
const HERE: IpAddress = IpAddress::v4(10, 0, 2, 15);
const HOST: IpAddress = IpAddress::v4(10, 0, 2, 2);
/// Where the board has its eight places for devices.
const PLACES: usize = 0x1000_1000;
const PLACE_LEN: usize = 0x1000;
/// A frame of Ethernet and the card's header, rounded up.
const FRAME: usize = 1536;
/// Frames that the card can hold in each direction.
const QUEUE: usize = 2;
/// Two queues, each with a page for either direction.
const PAGES: usize = 4;
const RECEIVE_BUFFER: usize = 1024;
const SEND_BUFFER: usize = 1024;

/// The two connections of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// To the hub that sends jobs.
    Hub,
    /// To vivo.
    Vivo,
}

/// There is no connection, or it has ended, or the other side was silent for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

#[repr(align(4096))]
struct Pages([u8; PAGES * PAGE_SIZE]);

// All that the network needs of memory.
static mut DRIVERS_PAGES: Pages = Pages([0; PAGES * PAGE_SIZE]);
static mut RECEIVED: [[u8; FRAME]; QUEUE] = [[0; FRAME]; QUEUE];
static mut SENT: [u8; FRAME] = [0; FRAME];
static mut SOCKETS: [SocketStorage<'static>; 2] = [SocketStorage::EMPTY; 2];
static mut BUFFERS: [([u8; RECEIVE_BUFFER], [u8; SEND_BUFFER]); 2] =
    [([0; RECEIVE_BUFFER], [0; SEND_BUFFER]); 2];

/// What the driver wants to know of memory: addresses are the same for the card.
struct Addresses;

static mut NEXT_PAGE: usize = 0;

// SAFETY: each page is given out once, and nothing else uses it.
unsafe impl Hal for Addresses {
    fn dma_alloc(pages: usize, _: BufferDirection) -> (PhysAddr, NonNull<u8>) {
        // SAFETY: there is one thread.
        unsafe {
            let page = NEXT_PAGE;
            if page + pages > PAGES {
                return (0, NonNull::dangling());
            }
            NEXT_PAGE = page + pages;
            let start = ptr::addr_of_mut!(DRIVERS_PAGES.0).cast::<u8>().add(page * PAGE_SIZE);
            (start as PhysAddr, NonNull::new_unchecked(start))
        }
    }

    unsafe fn dma_dealloc(_: PhysAddr, _: NonNull<u8>, _: usize) -> i32 {
        0
    }

    unsafe fn mmio_phys_to_virt(_: PhysAddr, _: usize) -> NonNull<u8> {
        NonNull::dangling() // asked for on PCI only
    }

    unsafe fn share(buffer: NonNull<[u8]>, _: BufferDirection) -> PhysAddr {
        buffer.cast::<u8>().as_ptr() as PhysAddr
    }

    unsafe fn unshare(_: PhysAddr, _: NonNull<[u8]>, _: BufferDirection) {}
}

type Driver = VirtIONetRaw<Addresses, MmioTransport<'static>, QUEUE>;

/// The network card, as smoltcp wants it.
struct Card {
    driver: Driver,
    /// Each with the number that the driver knows it by, while the card may write to it.
    received: [(&'static mut [u8; FRAME], Option<u16>); QUEUE],
    sent: &'static mut [u8; FRAME],
}

impl Card {
    /// Gives the card all frames that have been read.
    fn lend_frames(&mut self) {
        for (frame, number) in &mut self.received {
            if number.is_none() {
                // SAFETY: it is not touched before `receive_complete`.
                *number = unsafe { self.driver.receive_begin(*frame) }.ok();
            }
        }
    }
}

struct Received<'c>(&'c [u8]);
struct Sending<'c>(&'c mut Driver, &'c mut [u8; FRAME]);

impl phy::RxToken for Received<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        read(self.0)
    }
}

impl phy::TxToken for Sending<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let frame = &mut self.1[..length];
        let result = write(frame);
        // A frame that is lost is sent again.
        let _ = self.0.send(frame);
        result
    }
}

impl phy::Device for Card {
    type RxToken<'c> = Received<'c>;
    type TxToken<'c> = Sending<'c>;

    fn receive(&mut self, _: Instant) -> Option<(Received<'_>, Sending<'_>)> {
        self.lend_frames();
        let number = self.driver.poll_receive();
        let (frame, lent) = self.received.iter_mut().find(|(_, lent)| lent.is_some() && *lent == number)?;
        // SAFETY: it is the frame that was given with this number.
        let (head, length) = unsafe { self.driver.receive_complete(lent.take()?, *frame) }.ok()?;
        let frame = frame.get(head..head + length)?;
        Some((Received(frame), Sending(&mut self.driver, self.sent)))
    }

    fn transmit(&mut self, _: Instant) -> Option<Sending<'_>> {
        Some(Sending(&mut self.driver, self.sent))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = 1514;
        capabilities.max_burst_size = Some(QUEUE);
        capabilities
    }
}

/// The network, and the two connections over it.
pub struct Net {
    card: Card,
    interface: Interface,
    sockets: SocketSet<'static>,
    handles: [SocketHandle; 2],
    next_port: u16,
}

fn now() -> Instant {
    Instant::from_millis(board::uptime_millis() as i64)
}

impl Net {
    /// Starts the network card; `None` if there is none, or if it was started before.
    #[inline(never)]
    pub fn start() -> Option<Self> {
        static mut STARTED: bool = false;
        // SAFETY: there is one thread, and nobody else takes this memory. The pages stay the driver's.
        let (received, sent, storage, buffers) = unsafe {
            if ptr::replace(ptr::addr_of_mut!(STARTED), true) {
                return None;
            }
            (
                &mut *ptr::addr_of_mut!(RECEIVED),
                &mut *ptr::addr_of_mut!(SENT),
                &mut *ptr::addr_of_mut!(SOCKETS),
                &mut *ptr::addr_of_mut!(BUFFERS),
            )
        };
        let driver = Driver::new((0..8).find_map(transport)?).ok()?;
        let mac = HardwareAddress::Ethernet(EthernetAddress(driver.mac_address()));
        let mut card = Card { driver, received: received.each_mut().map(|frame| (frame, None)), sent };
        let mut interface = Interface::new(Config::new(mac), &mut card, now());
        interface.update_ip_addrs(|addresses| {
            let _ = addresses.push(IpCidr::new(HERE, 24));
        });
        let mut sockets = SocketSet::new(&mut storage[..]);
        let handles = buffers.each_mut().map(|(receive, send)| {
            sockets.add(Socket::new(SocketBuffer::new(&mut receive[..]), SocketBuffer::new(&mut send[..])))
        });
        // A port that the last run has not used.
        let next_port = 49152 | (board::uptime().as_micros() as u16 & 0x3fff);
        Some(Self { card, interface, sockets, handles, next_port })
    }

    fn socket(&mut self, line: Line) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handles[line as usize])
    }

    /// Moves bytes between the card and the sockets.
    fn poll(&mut self) {
        self.interface.poll(now(), &mut self.card, &mut self.sockets);
    }

    /// Waits until something can be said of a connection, at most ten seconds.
    fn wait(
        &mut self,
        line: Line,
        ready: &mut dyn FnMut(&mut Socket<'static>) -> Option<Result<usize, Closed>>,
    ) -> Result<usize, Closed> {
        let end = board::uptime() + Duration::from_secs(10);
        loop {
            self.poll();
            if let Some(result) = ready(self.socket(line)) {
                self.poll();
                return result;
            }
            if board::uptime() > end {
                return Err(Closed);
            }
            board::doze();
        }
    }

    /// Connects to a port of the host. An earlier connection is cut.
    pub fn connect(&mut self, line: Line, port: u16) -> Result<(), Closed> {
        self.cut(line);
        let own = self.next_port;
        self.next_port = 49152 | (own.wrapping_add(1) & 0x3fff);
        let socket = self.sockets.get_mut::<Socket<'_>>(self.handles[line as usize]);
        socket.connect(self.interface.context(), (HOST, port), own).map_err(|_| Closed)?;
        self.wait(line, &mut |socket| match (socket.may_send(), socket.is_open()) {
            (true, _) => Some(Ok(0)),
            (false, true) => None,
            (false, false) => Some(Err(Closed)),
        })
        .map(|_| ())
    }

    /// Ends a connection without a word.
    pub fn cut(&mut self, line: Line) {
        self.socket(line).abort();
        self.poll();
    }

    /// Lets `fill` write into the free part of the send buffer, which is never empty. Returns what it returns: how much it wrote.
    pub fn send(&mut self, line: Line, mut fill: impl FnMut(&mut [u8]) -> usize) -> Result<usize, Closed> {
        self.wait(line, &mut |socket| {
            if socket.may_send() && !socket.can_send() {
                return None;
            }
            let sent = socket.send(|free| {
                let length = fill(free);
                (length, length)
            });
            Some(sent.map_err(|_| Closed))
        })
    }

    /// Sends all bytes.
    pub fn send_all(&mut self, line: Line, mut bytes: &[u8]) -> Result<(), Closed> {
        while !bytes.is_empty() {
            let sent = self.send(line, |free| {
                let length = free.len().min(bytes.len());
                free[..length].copy_from_slice(&bytes[..length]);
                length
            })?;
            bytes = bytes.get(sent..).unwrap_or_default();
        }
        Ok(())
    }

    /// Receives some bytes, at least one, and none behind the first byte `end`. `Closed` if the other side has sent all, too.
    pub fn receive(&mut self, line: Line, buffer: &mut [u8], end: Option<u8>) -> Result<usize, Closed> {
        self.wait(line, &mut |socket| {
            let received = socket.recv(|bytes| {
                let end = bytes.iter().position(|byte| Some(*byte) == end).map_or(bytes.len(), |end| end + 1);
                let length = end.min(buffer.len());
                buffer[..length].copy_from_slice(&bytes[..length]);
                (length, length)
            });
            match received {
                Ok(0) => None,
                Ok(length) => Some(Ok(length)),
                Err(_) => Some(Err(Closed)),
            }
        })
    }

    /// Waits, with the network alive.
    pub fn pause(&mut self, time: Duration) {
        let end = board::uptime() + time;
        while board::uptime() < end {
            self.poll();
            board::doze();
        }
    }
}

/// The transport to a network card in a place of the board, if one is there.
fn transport(place: usize) -> Option<MmioTransport<'static>> {
    let header = NonNull::new((PLACES + place * PLACE_LEN) as *mut VirtIOHeader)?;
    // SAFETY: the board has such registers in each place, also in one without a device.
    let transport = unsafe { MmioTransport::new(header, PLACE_LEN) }.ok()?;
    (transport.device_type() == DeviceType::Network).then_some(transport)
}
